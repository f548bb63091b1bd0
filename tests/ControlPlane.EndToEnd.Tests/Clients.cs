using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>Client programs that go on calling the stable endpoint of one node while releases come and go, and that note every answer.</summary>
internal sealed class Clients : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentDictionary<string, int> _versions = new();
    private readonly ConcurrentBag<string> _failures = [];
    private readonly Task[] _callers;
    private readonly Uri[] _endpoints;
    private readonly IReadOnlyList<string> _rows;

    /// <param name="product">The running product.</param>
    /// <param name="model">The name that clients call.</param>
    /// <param name="rows">Instances as JSON objects.</param>
    /// <param name="nodes">Nodes to call.</param>
    public Clients(Product product, string model, IReadOnlyList<string> rows, params int[] nodes)
    {
        _rows = rows;
        _endpoints = [.. nodes.Select(node => new Uri(product.Node(node), $"v1/models/{model}:predict"))];
        _callers = [.. Enumerable.Range(0, _endpoints.Length).Select(index => Task.Run(() => CallForEver(index)))];
    }

    public IReadOnlyCollection<string> Failures => _failures;

    public int Answers => _versions.Values.Sum();

    public int AnswersOf(int version) => _versions.GetValueOrDefault(version.ToString());

    private async Task CallForEver(int caller)
    {
        for (var call = 0; !_stop.IsCancellationRequested; call++)
        {
            var body = $$"""{"instances": [{{_rows[call % _rows.Count]}}], "routing_key": "unit-{{caller}}-{{call % 500}}"}""";
            try
            {
                using var answer = await _http.PostAsync(_endpoints[caller], new StringContent(body, null, "application/json"), _stop.Token);
                var text = await answer.Content.ReadAsStringAsync(_stop.Token);
                if (answer.StatusCode == HttpStatusCode.OK) Count((string)JsonNode.Parse(text)!["model_version"]!);
                else _failures.Add($"{(int)answer.StatusCode} {text}");
                await Task.Delay(10, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
            {
                _failures.Add(exception.Message);
            }
        }
    }

    private void Count(string version) => _versions.AddOrUpdate(version, 1, (_, count) => count + 1);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_callers);
        _http.Dispose();
        _stop.Dispose();
    }
}
