using System.Diagnostics;
using ControlPlane.EndToEnd.Tests;

namespace ControlPlane.Benchmarks;

/// <summary>Built product: first start on an empty data folder, warm start, and resident memory of Web and a node. The ceiling is a bare Kestrel's start in the same run.</summary>
internal static class StartBenchmark
{
    public static async Task Run()
    {
        var bare = await BareStart();
        var clock = Stopwatch.StartNew();
        await using var product = new Product();
        await product.InitializeAsync();
        var first = clock.Elapsed.TotalSeconds;
        var web = Resident(product.WebProcessId);
        var node = Resident(product.NodeProcessId(0));
        await product.Stop();
        clock.Restart();
        await product.Start();
        var warm = clock.Elapsed.TotalSeconds;
        Console.WriteLine("start, Web and two nodes ready to serve:");
        Console.WriteLine($"  first start on an empty folder {first:F1} s ({first / bare:F1} × a bare Kestrel with one session, {bare:F2} s), warm start {warm:F1} s ({warm / bare:F1} ×)");
        Console.WriteLine($"  resident memory after the first start: Web {web:F0} MB, node {node:F0} MB");
    }

    private static async Task<double> BareStart()
    {
        const int port = 29_876;
        var clock = Stopwatch.StartNew();
        using var ceiling = Process.Start(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet") ? [typeof(Ceiling).Assembly.Location, "ceiling", $"{port}"] : ["ceiling", $"{port}"]);
        using var client = new HttpClient();
        await Eventually.Holds(async () => (await client.GetAsync($"http://localhost:{port}/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(20), () => "The ceiling did not start.");
        ceiling.Kill();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Resident(int processId) => Process.GetProcessById(processId).WorkingSet64 / 1e6;
}
