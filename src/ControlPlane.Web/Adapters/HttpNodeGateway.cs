using System.Net.Http.Headers;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.Web.Adapters;

/// <summary>Reaches nodes over HTTP with pooled connections; a node that takes longer than its patience counts as not answering.</summary>
public sealed class HttpNodeGateway : INodeGateway, IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Room for fetching the artifact and for the minute that a throwaway child may take.</summary>
    public static readonly TimeSpan TrialPatience = TimeSpan.FromSeconds(100);

    private const int MostReasonCharacters = 500;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(1),
        // Nodes move; a name is resolved anew after a while.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        UseProxy = false,
        AllowAutoRedirect = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public Task<InstructionAcknowledgement> Push(NodeAddress node, NodeInstruction instruction, CancellationToken cancellationToken) =>
        Post<NodeInstruction, InstructionAcknowledgement>(node, NodePaths.Instruction, instruction, Patience, cancellationToken);

    public Task<TrialAnswer> Try(NodeAddress node, TrialOrder order, CancellationToken cancellationToken) =>
        Post<TrialOrder, TrialAnswer>(node, NodePaths.Trial, order, TrialPatience, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> Post<TBody, TAnswer>(NodeAddress node, string path, TBody body, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, node.Address.TrimEnd('/') + path) { Content = JsonContent.Create(body, options: NodeJson.Options) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", node.NodeKey);
            using var response = await _http.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw new NodeUnreachableException($"{node.Name} answered {(int)response.StatusCode} {response.ReasonPhrase}{await Reason(response, limit.Token)}.");
            return await response.Content.ReadFromJsonAsync<TAnswer>(NodeJson.Options, limit.Token) ?? throw new NodeUnreachableException($"{node.Name} answered nothing.");
        }
        catch (HttpRequestException fault)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} cannot be reached: {fault.Message}", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} did not answer within {patience.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (fault is JsonException or UriFormatException)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} did not answer like a node: {fault.Message}", fault);
        }
    }

    /// <summary>What the node said beside the status; nodes answer errors as <c>{"error": "…"}</c>.</summary>
    private static async Task<string> Reason(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json" || response.Content.Headers.ContentLength is null or > MostReasonCharacters) return "";
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) ? $": {error}" : "";
    }
}
