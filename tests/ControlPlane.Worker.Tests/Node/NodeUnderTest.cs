using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ControlPlane.Worker.Node;
using Microsoft.AspNetCore.Builder;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>The whole program of a node, in this process, on a free port.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private NodeUnderTest(WebApplication app) => _app = app;

    public HttpClient Http { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<NodeUnderTest> Start(FakeWeb web, string directory, params string[] more)
    {
        var app = NodeProgram.Build(
        [
            "--Urls=http://127.0.0.1:0", "--Node:Name=n1", "--Node:Address=http://127.0.0.1:9", $"--Node:Web={web.Address}", $"--Node:JoinToken={FakeWeb.JoinToken}",
            $"--Node:Directory={directory}", "--Logging:LogLevel:Default=Warning", .. more,
        ]);
        await app.StartAsync();
        return new NodeUnderTest(app) { Http = { BaseAddress = new Uri(app.Urls.Single()) } };
    }

    public T Get<T>() where T : notnull => (T)_app.Services.GetService(typeof(T))!;

    public async Task<bool> IsReady()
    {
        using var response = await Http.GetAsync("/v2/health/ready", TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>The status of one prediction, and the version that answered.</summary>
    public async Task<(HttpStatusCode Status, string? Version, double Score)> Predict(double a, double b, string? unit = null)
    {
        using var response = await Http.PostAsJsonAsync(
            $"/v1/models/{Samples.Model}:predict",
            new { instances = new[] { new { a, b } }, routing_key = unit },
            TestContext.Current.CancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) return (response.StatusCode, null, double.NaN);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (response.StatusCode, answer.GetProperty("model_version").GetString(), answer.GetProperty("predictions")[0].GetProperty("score").GetDouble());
    }

    /// <summary>The status of one prediction that no version answers, when it may be tried again, and the reason.</summary>
    public async Task<(HttpStatusCode Status, TimeSpan? RetryAfter, string Error)> Refusal(string model)
    {
        using var response = await Http.PostAsJsonAsync($"/v1/models/{model}:predict", new { instances = new[] { new { a = 1, b = 2 } } }, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.RetryAfter?.Delta, answer.GetProperty("error").GetString()!);
    }

    public async Task Stop()
    {
        if (_stopped) return;
        _stopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Http.Dispose();
    }
}
