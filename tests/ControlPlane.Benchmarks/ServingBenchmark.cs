using System.Diagnostics;
using ControlPlane.EndToEnd.Tests;

namespace ControlPlane.Benchmarks;

/// <summary>A node's requests/s and p99 for one row of twenty features against the ceiling, in turns, ratio round by round.</summary>
internal static class ServingBenchmark
{
    private const int Rounds = 5;
    private const int Seconds = 3;
    private const int Connections = 16;
    private const string Model = "row-of-20";

    public static async Task Run()
    {
        await using var product = new Product();
        await product.InitializeAsync();
        var version = await RowOf20.Upload(product.Api, Model, 0.5);
        await RowOf20.Reaches(product.Api, await RowOf20.Begin(product.Api, Model, version, "immediate", []), "promoted");
        var port = product.WebPort + 1000;
        using var ceiling = Process.Start(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet") ? [typeof(Ceiling).Assembly.Location, "ceiling", $"{port}"] : ["ceiling", $"{port}"]);
        try
        {
            await Eventually.Holds(async () => (await product.Api.GetAsync($"http://localhost:{port}/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(20), () => "The ceiling did not start.");
            Compare("row form", new Uri(product.Node(0), $"v1/models/{Model}:predict"), new Uri($"http://localhost:{port}/row"), RowOf20.RowBody);
            Compare("Open Inference Protocol", new Uri(product.Node(0), $"v2/models/{Model}/infer"), new Uri($"http://localhost:{port}/tensor"), RowOf20.TensorBody);
        }
        finally
        {
            ceiling.Kill();
        }
    }

    private static void Compare(string name, Uri node, Uri ceiling, string body)
    {
        Wrk.Post(node, body, Connections, Seconds);
        Wrk.Post(ceiling, body, Connections, Seconds);
        var pairs = Enumerable.Range(0, Rounds).Select(_ => (Node: Wrk.Post(node, body, Connections, Seconds), Ceiling: Wrk.Post(ceiling, body, Connections, Seconds))).ToList();
        var ratio = Median(pairs.Select(pair => pair.Node.RequestsPerSecond / pair.Ceiling.RequestsPerSecond));
        Console.WriteLine($"serving, {name}, {Connections} connections, {Rounds} rounds of {Seconds} s, medians:");
        Console.WriteLine($"  node    {Median(pairs.Select(pair => pair.Node.RequestsPerSecond)),9:F0} requests/s, p99 {Median(pairs.Select(pair => pair.Node.P99Milliseconds)):F2} ms, {pairs.Sum(pair => pair.Node.Failures)} failed");
        Console.WriteLine($"  ceiling {Median(pairs.Select(pair => pair.Ceiling.RequestsPerSecond)),9:F0} requests/s, p99 {Median(pairs.Select(pair => pair.Ceiling.P99Milliseconds)):F2} ms, {pairs.Sum(pair => pair.Ceiling.Failures)} failed");
        Console.WriteLine($"  ratio   {ratio:F2} of the ceiling's requests/s ({string.Join(", ", pairs.Select(pair => $"{pair.Node.RequestsPerSecond / pair.Ceiling.RequestsPerSecond:F2}"))})");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
