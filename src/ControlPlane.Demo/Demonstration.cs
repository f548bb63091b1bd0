using ControlPlane.Demo.Releases;
using ControlPlane.Demo.Rows;
using ControlPlane.Demo.Surface;
using ControlPlane.Demo.Traffic;

namespace ControlPlane.Demo;

/// <summary>Two models with their champions, traffic as soon as they answer, and a challenger each: one as a canary, one as a shadow.</summary>
public sealed class Demonstration(DemoOptions options, TimeProvider time, TextWriter log)
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var webHttp = ControlPlaneClient.Connect(options.Web, options.ApiKey);
        var web = new ControlPlaneClient(webHttp, time);
        var scenario = new ReleaseScenario(web, time, log);
        var fraud = await ReadAsync("fraud-scoring", cancel);
        var delivery = await ReadAsync("delivery-risk", cancel);

        await scenario.WaitForWebAsync(cancel);
        foreach (var model in new[] { fraud, delivery })
            await scenario.PersistAsync(() => scenario.ReleaseChampionAsync(model.Model, model.Description, FolderOf(model.Model), cancel), cancel);

        // One failure stops the others, so that a rejected challenger is not talked over by status lines.
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] parts = [SendTrafficAsync(web, [fraud, delivery], together.Token), ExposeAsync(scenario, together.Token)];
        await foreach (var part in Task.WhenEach(parts))
        {
            if (part.IsFaulted)
                await together.CancelAsync();
        }

        await (parts.FirstOrDefault(part => part.IsFaulted) ?? Task.WhenAll(parts));
    }

    private static string FolderOf(string model) => Path.Combine(AppContext.BaseDirectory, "models", model);

    private static Task<Population> ReadAsync(string model, CancellationToken cancel) => Population.ReadAsync(Path.Combine(FolderOf(model), "population.json"), cancel);

    private static async Task ExposeAsync(ReleaseScenario scenario, CancellationToken cancel)
    {
        await scenario.PersistAsync(() => scenario.ExposeChallengerAsync("fraud-scoring", FolderOf("fraud-scoring"), RolloutDraft.Canary, cancel), cancel);
        await scenario.PersistAsync(() => scenario.ExposeChallengerAsync("delivery-risk", FolderOf("delivery-risk"), RolloutDraft.Shadow, cancel), cancel);
    }

    private async Task SendTrafficAsync(ControlPlaneClient web, IReadOnlyList<Population> populations, CancellationToken cancel)
    {
        using var nodeHttp = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        var nodes = new NodeDirectory(web, time);
        var counts = new TrafficCounts(time);
        var outcomes = new OutcomeReporter(web, time, options.Seed);
        var predictions = new PredictionClient(nodeHttp, nodes, counts, time);
        // Orders are more than parcels, and the canary among them needs traffic to get on.
        double[] shares = [0.6, 0.4];
        await nodes.FindAsync(log, cancel);
        await Task.WhenAll(
        [
            nodes.FollowAsync(log, cancel),
            outcomes.RunAsync(cancel),
            ReportAsync(counts, outcomes, cancel),
            .. populations.Select((population, i) => new TrafficGenerator(population, predictions, outcomes, counts, time).RunAsync(options.RequestsPerSecond * shares[i], options.Seed + i, cancel)),
        ]);
    }

    private async Task ReportAsync(TrafficCounts counts, OutcomeReporter outcomes, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(StatusEvery, time, cancel);
            await log.WriteLineAsync($"{time.GetUtcNow():HH:mm:ss}Z {counts.TakeLine()}; {outcomes.TakeLine()}");
        }
    }
}
