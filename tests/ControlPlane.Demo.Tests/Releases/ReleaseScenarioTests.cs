using ControlPlane.Demo.Releases;
using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Tests.Releases;

public sealed class ReleaseScenarioTests
{
    private const string Model = "fraud-scoring";

    [Fact]
    public async Task First_run_releases_the_champion_and_begins_a_canary()
    {
        await using var web = await FakeControlPlane.StartAsync();

        await RunAsync(web);

        Assert.Equal(
        [
            "create fraud-scoring", "upload fraud-scoring 60 golden rows, 1000 reference rows", "register checkout 1 [decision]", "register review-queue 1 [score decision]",
            "draft immediate fraud-scoring 1 production automatic [] 0 gates", "submit immediate fraud-scoring",
            "upload fraud-scoring 60 golden rows, 1000 reference rows", "draft canary fraud-scoring 2 production ask [5 25 50] 2 gates", "submit canary fraud-scoring",
        ], web.Changes);
    }

    [Fact]
    public async Task Second_run_changes_nothing()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await RunAsync(web);
        web.Changes.Clear();

        var log = await RunAsync(web);

        Assert.Empty(web.Changes);
        Assert.Contains("version 2 has rollout 2 already (exposing)", log);
    }

    [Fact]
    public async Task Draft_that_was_never_submitted_is_submitted()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await RunAsync(web);
        web.Rollouts[1].Phase = "drafted";
        web.Changes.Clear();

        await RunAsync(web);

        Assert.Equal(["submit canary fraud-scoring"], web.Changes);
    }

    [Fact]
    public async Task Challenger_that_was_rolled_back_stays_rolled_back()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await RunAsync(web);
        web.Rollouts[1].Phase = "rolled_back";
        web.Changes.Clear();

        await RunAsync(web);

        Assert.Empty(web.Changes);
    }

    [Fact]
    public async Task Open_rollout_of_another_version_is_left_alone()
    {
        await using var web = await FakeControlPlane.StartAsync();
        web.Models[Model] = new FakeModel { Champion = 1 };
        web.Rollouts.Add(new FakeRollout { Id = 1, Model = Model, Version = 9, Kind = "canary", Phase = "exposing" });

        var log = await RunAsync(web);

        Assert.Equal(["upload fraud-scoring 60 golden rows, 1000 reference rows"], web.Changes);
        Assert.Contains("rollout 1 of version 9 is open and is left alone", log);
    }

    [Fact]
    public async Task Version_that_is_rejected_stops_with_its_failed_checks()
    {
        await using var web = await FakeControlPlane.StartAsync();
        web.Rejects = 1;

        var stopped = await Assert.ThrowsAsync<ReleaseStoppedException>(() => RunAsync(web));

        Assert.Contains("golden: row 3: score 0.2 was expected and 0.3 came", stopped.Message);
        Assert.DoesNotContain("loads", stopped.Message);
        Assert.Empty(web.Rollouts);
    }

    [Fact]
    public async Task Web_that_is_away_for_a_while_is_waited_for()
    {
        await using var web = await FakeControlPlane.StartAsync();
        web.Unavailable = 12;

        await RunAsync(web);

        Assert.Equal(2, web.Rollouts.Count);
        Assert.Equal(9, web.Changes.Count);
    }

    [Fact]
    public async Task Key_that_is_wrong_stops_with_what_Web_says()
    {
        await using var web = await FakeControlPlane.StartAsync();
        using var http = ControlPlaneClient.Connect(web.Address, "another");
        var scenario = new ReleaseScenario(new ControlPlaneClient(http, new FakeTime()), new FakeTime(), TextWriter.Null);

        var refused = await Assert.ThrowsAsync<WebCallException>(
            () => scenario.ReleaseChampionAsync(Model, "", DemoModels.Folder(Model), TestContext.Current.CancellationToken));

        Assert.Contains("GET /api/v1/models/fraud-scoring answered 401", refused.Message);
    }

    private static async Task<string> RunAsync(FakeControlPlane web)
    {
        var (time, log, cancel) = (new FakeTime(), new StringWriter(), TestContext.Current.CancellationToken);
        var scenario = new ReleaseScenario(web.Client(time), time, log);
        await scenario.WaitForWebAsync(cancel);
        await scenario.PersistAsync(() => scenario.ReleaseChampionAsync(Model, "Fraud", DemoModels.Folder(Model), cancel), cancel);
        await scenario.PersistAsync(() => scenario.ExposeChallengerAsync(Model, DemoModels.Folder(Model), RolloutDraft.Canary, cancel), cancel);
        return log.ToString();
    }
}
