using ControlPlane.Demo.Rows;
using ControlPlane.Demo.Surface;
using ControlPlane.Demo.Traffic;

namespace ControlPlane.Demo.Tests.Traffic;

public sealed class OutcomeReporterTests
{
    private const int Rows = 2_000;

    [Fact]
    public async Task Run_reports_almost_all_late_and_some_twice()
    {
        await using var web = await FakeControlPlane.StartAsync();
        var population = await DemoModels.PopulationAsync("fraud-scoring");
        var (time, began) = (new FakeTime(), new FakeTime().GetUtcNow());
        var reporter = Remembering(web, population, time, decision: null);

        await RunUntilAsync(reporter, () => web.Outcomes.DistinctBy(outcome => outcome.PredictionId).Count() > Rows * 0.96 && reporter.TakeLine().Contains(" 0 still to come"));

        var once = web.Outcomes.DistinctBy(outcome => outcome.PredictionId).ToList();
        Assert.InRange(once.Count, Rows * 0.96, Rows * 0.98);
        Assert.InRange(web.Outcomes.Count - once.Count, Rows * 0.02, Rows * 0.04);
        Assert.Equal(population.EventShare, once.Average(outcome => outcome.Value), 0.02);
        Assert.All(web.Outcomes, outcome => Assert.Equal("chargeback", outcome.Name));
        Assert.All(web.Outcomes, outcome => Assert.True(outcome.At >= began.AddSeconds(10)));
    }

    [Fact]
    public async Task Run_Web_away_keeps_the_batch_for_later()
    {
        await using var web = await FakeControlPlane.StartAsync();
        web.Unavailable = 7;
        var reporter = Remembering(web, await DemoModels.PopulationAsync("fraud-scoring"), new FakeTime(), decision: null);

        await RunUntilAsync(reporter, () => web.Outcomes.DistinctBy(outcome => outcome.PredictionId).Count() >= Rows * 0.96);

        Assert.True(web.Unavailable < 0);
    }

    [Fact]
    public async Task Remember_order_that_was_blocked_is_never_charged_back()
    {
        await using var web = await FakeControlPlane.StartAsync();
        var reporter = Remembering(web, await DemoModels.PopulationAsync("fraud-scoring"), new FakeTime(), decision: "block");

        await RunUntilAsync(reporter, () => web.Outcomes.Count >= Rows * 0.96);

        Assert.All(web.Outcomes, outcome => Assert.Equal(0, outcome.Value));
    }

    private static OutcomeReporter Remembering(FakeControlPlane web, Population population, TimeProvider time, string? decision)
    {
        var reporter = new OutcomeReporter(web.Client(time), time, seed: 4);
        var rows = new RowGenerator(population, 4);
        for (var i = 0; i < Rows; i++)
            reporter.Remember(population, rows.Draw(i, 0), new Prediction($"prediction-{i}", 0.5, decision));
        return reporter;
    }

    private static async Task RunUntilAsync(OutcomeReporter reporter, Func<bool> done)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        var running = reporter.RunAsync(stop.Token);
        while (!done())
            await Task.Delay(20, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
