using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ControlPlane.EndToEnd.Tests;

namespace ControlPlane.Benchmarks;

/// <summary>One hundred roll-backs under load: from the API call to the last node's acknowledgement, and answers of the rolled-back version that began after it.</summary>
internal static class RollbackBenchmark
{
    private const int Rounds = 100;
    private const string Model = "taken-back";

    public static async Task Run()
    {
        await using var product = new Product();
        await product.InitializeAsync();
        var champion = await RowOf20.Upload(product.Api, Model, 0.5);
        await RowOf20.Reaches(product.Api, await RowOf20.Begin(product.Api, Model, champion, "immediate", []), "promoted");
        var challenger = await RowOf20.Upload(product.Api, Model, 0.6);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(caller => Task.Run(() => Load(product, caller, stop.Token))).ToList();

        var slowest = new List<double>();
        var whole = new List<double>();
        var late = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var rollout = await RowOf20.Begin(product.Api, Model, challenger, "canary", [new { share_percent = 50, hold_seconds = 3600, minimum_predictions = 1 }]);
            await RowOf20.Reaches(product.Api, rollout, "exposing");
            var clock = Stopwatch.StartNew();
            var result = await RowOf20.Read(await product.Api.PostAsJsonAsync($"api/v1/models/{Model}/rollback", new { environment = "production", reason = "benchmark" }));
            whole.Add(clock.Elapsed.TotalMilliseconds);
            slowest.Add(result["nodes"]!.AsArray().Max(node => (double?)node!["acknowledged_milliseconds"] ?? throw new InvalidOperationException(node!.ToJsonString())));
            late += await AnswersOf(product, challenger);
        }

        await stop.CancelAsync();
        var answered = (await Task.WhenAll(load)).Sum();
        Console.WriteLine($"rollback, {Rounds} rounds, 2 nodes, {answered} answers meanwhile:");
        Print("request to the last node's acknowledgement", slowest);
        Print("the whole API call                        ", whole);
        Console.WriteLine($"  answers of the rolled-back version to requests sent after the acknowledgement: {late}");
    }

    private static void Print(string name, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine($"  {name}: median {milliseconds[milliseconds.Count / 2]:F1} ms, p99 {milliseconds[(int)(milliseconds.Count * 0.99) - 1]:F1} ms, slowest {milliseconds[^1]:F1} ms");
    }

    /// <summary>Asks both nodes right after the acknowledgement, each unit anew, and counts answers of the version.</summary>
    private static async Task<int> AnswersOf(Product product, int version)
    {
        var count = 0;
        for (var call = 0; call < 20; call++)
        {
            using var answer = await product.Api.PostAsync(new Uri(product.Node(call % 2), $"v1/models/{Model}:predict"), new StringContent(RowOf20.RowBody, null, "application/json"));
            var text = await answer.Content.ReadAsStringAsync();
            if ((string)JsonNode.Parse(text)!["model_version"]! == version.ToString()) count++;
        }

        return count;
    }

    private static async Task<int> Load(Product product, int caller, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = product.Node(caller % 2) };
        var answers = 0;
        while (!stop.IsCancellationRequested)
        {
            using var answer = await client.PostAsync($"v1/models/{Model}:predict", new StringContent(RowOf20.RowBody, null, "application/json"), CancellationToken.None);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(CancellationToken.None));
            answers++;
        }

        return answers;
    }
}
