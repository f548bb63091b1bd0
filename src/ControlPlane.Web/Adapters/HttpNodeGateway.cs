using System.Net.Http.Headers;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.Web.Adapters;

/// <summary>Reaches nodes over HTTP with pooled connections; a node that takes longer than two seconds counts as not answering.</summary>
public sealed class HttpNodeGateway : INodeGateway, IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(1),
        // Nodes move; a name is resolved anew after a while.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        UseProxy = false,
        AllowAutoRedirect = false,
    })
    { Timeout = Patience };

    public async Task<InstructionAcknowledgement> Push(NodeAddress node, NodeInstruction instruction, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, node.Address.TrimEnd('/') + NodePaths.Instruction)
            {
                Content = JsonContent.Create(instruction, options: NodeJson.Options),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", node.NodeKey);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new NodeUnreachableException($"{node.Name} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            return await response.Content.ReadFromJsonAsync<InstructionAcknowledgement>(NodeJson.Options, cancellationToken)
                ?? throw new NodeUnreachableException($"{node.Name} answered nothing.");
        }
        catch (HttpRequestException fault)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} cannot be reached: {fault.Message}", fault);
        }
        catch (TaskCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} did not answer within {Patience.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (fault is JsonException or UriFormatException)
        {
            throw new NodeUnreachableException($"{node.Name} at {node.Address} did not answer like a node: {fault.Message}", fault);
        }
    }

    public void Dispose() => _http.Dispose();
}
