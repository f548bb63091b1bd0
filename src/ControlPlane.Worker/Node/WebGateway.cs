using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Node;

/// <summary>Calls the control plane.</summary>
public sealed class WebGateway(NodeSettings settings) : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = settings.Web,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private volatile NodeIdentity? _identity;

    /// <summary>Whose key the calls carry; null until the node belongs.</summary>
    public NodeIdentity? Identity
    {
        get => _identity;
        set => _identity = value;
    }

    public Task<EnlistAnswer> Enlist(EnlistRequest request, CancellationToken cancellation) =>
        Post<EnlistRequest, EnlistAnswer>(NodePaths.Enlist, settings.JoinToken, request, cancellation);

    /// <exception cref="NotEnlistedException">The control plane does not know this node or its key.</exception>
    public Task<NodeReportAnswer> Report(NodeIdentity identity, NodeReport report, CancellationToken cancellation) =>
        Post<NodeReport, NodeReportAnswer>(NodePaths.Report(identity.NodeId), identity.NodeKey, report, cancellation);

    /// <summary>Opens the bytes of an artifact or golden file; reading goes on for as long as bytes come.</summary>
    public async Task<Stream> OpenArtifact(string digest, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CallTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, NodePaths.Artifact(digest));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _identity?.NodeKey ?? "");
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        if (response.StatusCode == HttpStatusCode.OK) return await response.Content.ReadAsStreamAsync(cancellation);
        var status = (int)response.StatusCode;
        response.Dispose();
        throw new HttpRequestException($"{settings.Web} answered {status} for the artifact {digest}");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What a refusal says, short enough for one line of a log.</summary>
    private static async Task<string> Beginning(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = (await response.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ");
        return text.Length > 300 ? text[..300] + "…" : text;
    }

    private async Task<TAnswer> Post<TRequest, TAnswer>(string path, string bearer, TRequest body, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CallTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: NodeJson.Options) };
        if (bearer.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
                throw new NotEnlistedException($"{settings.Web} answered {(int)response.StatusCode} to {path}");
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"{settings.Web} answered {(int)response.StatusCode} to {path}: {await Beginning(response, limit.Token)}");
            return await response.Content.ReadFromJsonAsync<TAnswer>(NodeJson.Options, limit.Token)
                ?? throw new JsonException($"{settings.Web} answered nothing to {path}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"{settings.Web} did not answer {path} within {CallTimeout.TotalSeconds} s");
        }
    }
}

/// <summary>The control plane does not take the node's word: it has to enlist (again).</summary>
public sealed class NotEnlistedException(string sentence) : Exception(sentence);
