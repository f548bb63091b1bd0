using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ControlPlane.NodeProtocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>A control plane of the node protocol alone: enlists, hears reports, gives an instruction and artifacts, and pushes.</summary>
internal sealed class FakeWeb : IAsyncDisposable
{
    public const string JoinToken = "join-token";

    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public NodeInstruction Instruction { get; set; } = NodeInstruction.Empty;

    public int LeaseSeconds { get; set; } = 30;

    public Guid NodeId { get; set; } = Guid.NewGuid();

    public string NodeKey { get; private set; } = "none";

    public ConcurrentDictionary<string, byte[]> Artifacts { get; } = new();

    public ConcurrentQueue<EnlistRequest> Enlistments { get; } = new();

    public ConcurrentQueue<NodeReport> Reports { get; } = new();

    public NodeReport? LastReport => Reports.LastOrDefault();

    public static async Task<FakeWeb> Start()
    {
        var web = new FakeWeb();
        await web.Open();
        return web;
    }

    /// <summary>Listens, on the same port as before when it was closed.</summary>
    public async Task Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        _app = builder.Build();
        _app.MapPost(NodePaths.Enlist, Enlist);
        _app.MapPost("/api/v1/nodes/{id:guid}/report", Report);
        _app.MapGet("/api/v1/artifacts/{digest}", Artifact);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async Task Close()
    {
        if (_app is not null) await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Keeps the bytes and gives their digest.</summary>
    public string Keep(byte[] bytes)
    {
        var digest = Samples.DigestOf(bytes);
        Artifacts[digest] = bytes;
        return digest;
    }

    /// <summary>Forgets who the node is, as a control plane with a new key does.</summary>
    public void ForgetNode() => NodeKey = "forgotten";

    public async Task<InstructionAcknowledgement> Push(string nodeAddress, NodeInstruction instruction)
    {
        using var response = await PushAs(nodeAddress, instruction, NodeKey);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<InstructionAcknowledgement>(NodeJson.Options, TestContext.Current.CancellationToken))!;
    }

    public Task<HttpResponseMessage> PushAs(string nodeAddress, NodeInstruction instruction, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, nodeAddress + NodePaths.Instruction) { Content = JsonContent.Create(instruction, options: NodeJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _http.Dispose();
    }

    private async Task Enlist(HttpContext context)
    {
        if (!Carries(context, JoinToken)) return;
        Enlistments.Enqueue((await context.Request.ReadFromJsonAsync<EnlistRequest>(NodeJson.Options))!);
        NodeKey = Guid.NewGuid().ToString("N");
        await context.Response.WriteAsJsonAsync(new EnlistAnswer(NodeId, NodeKey, 50, LeaseSeconds, Instruction), NodeJson.Options);
    }

    private async Task Report(HttpContext context)
    {
        if (!Carries(context, NodeKey)) return;
        Reports.Enqueue((await context.Request.ReadFromJsonAsync<NodeReport>(NodeJson.Options))!);
        await context.Response.WriteAsJsonAsync(new NodeReportAnswer(Instruction), NodeJson.Options);
    }

    private async Task Artifact(HttpContext context)
    {
        if (!Carries(context, NodeKey)) return;
        if (Artifacts.TryGetValue((string)context.Request.RouteValues["digest"]!, out var bytes)) await context.Response.Body.WriteAsync(bytes);
        else context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static bool Carries(HttpContext context, string bearer)
    {
        var carries = context.Request.Headers.Authorization == $"Bearer {bearer}";
        if (!carries) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return carries;
    }
}
