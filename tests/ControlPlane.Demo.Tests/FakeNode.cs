using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Demo.Tests;

/// <summary>A node's row form over real HTTP: answers with a fixed status or with one prediction per instance.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _models = [];
    private int _requests;

    private FakeNode(WebApplication app) => _app = app;

    public int Status { get; set; } = 200;

    public int Requests => _requests;

    public IEnumerable<string> Models => _models.Keys;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FakeNode> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var node = new FakeNode(builder.Build());
        node._app.MapPost("/v1/models/{model}:predict", node.Predict);
        await node._app.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Predict(string model, JsonElement body)
    {
        Interlocked.Increment(ref _requests);
        _models[model] = true;
        if (Status != 200)
            return Results.Json(new { error = "amount: must be a number" }, statusCode: Status);
        var predictions = body.GetProperty("instances").EnumerateArray().Select(_ => new { prediction_id = Guid.NewGuid().ToString("N"), score = 0.5, decision = "review" });
        return Results.Json(new { id = "1", model_name = model, model_version = "3", response_version = "1.0", predictions });
    }
}
