using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Rollouts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Contracts;

public sealed class ComparisonTests
{
    private const string Tighter = """{"inputs": [{"name": "amount", "type": "number", "max": 5}], "outputs": [{"name": "score", "tensor": "t", "type": "number"}]}""";
    private const string Wider = """{"inputs": [{"name": "amount", "type": "number"}, {"name": "age", "type": "number", "required": false}], "outputs": [{"name": "score", "tensor": "t", "type": "number"}]}""";

    [Theory]
    [OnEachDatabase]
    public async Task Renamed_output_names_the_consumer_that_reads_it(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        var billing = await ConsumerScene.Billing(scene, "score");
        await scene.House.Send(ConsumerScene.Register("decision") with { Name = "archive" });
        var view = await ConsumerScene.Compare(scene);
        Assert.Equal((2, 1, CompatibilityMode.Backward), (view.Version, view.Against, view.Mode));
        var change = Assert.Single(view.Changes);
        Assert.Equal((ChangeKind.Breaking, "outputs/score"), (change.Kind, change.Path));
        Assert.Equal(["billing"], change.Consumers);
        Assert.Equal(["outputs/score"], view.MustName);
        Assert.True(view.Blocked);
        Assert.Equal("billing (Team Billing, #billing) has not acknowledged outputs/score.", Assert.Single(view.BlockedBy));
        Assert.Equal("outputs/risk", Assert.Single(view.RollBack).Path["rollback/".Length..]);
        var said = await ConsumerScene.Acknowledge(scene, billing);
        Assert.Equal((true, "ada@example.com", "we read risk from Monday"), (said.Acknowledged, said.AcknowledgedBy, said.Comment));
        view = await ConsumerScene.Compare(scene);
        Assert.False(view.Blocked);
        Assert.Empty(view.BlockedBy);
        Assert.Equal(["outputs/score"], view.MustName);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Acknowledgement_counts_once_and_for_these_changes_alone(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        var billing = await ConsumerScene.Billing(scene, "score");
        await Task.WhenAll(ConsumerScene.Acknowledge(scene, billing), ConsumerScene.Acknowledge(scene, billing));
        await ConsumerScene.Acknowledge(scene, billing);
        Assert.Equal(1, await scene.House.Query(context => context.Acknowledgements.CountAsync(TestContext.Current.CancellationToken)));
        Assert.False((await ConsumerScene.Compare(scene)).Blocked);
        // It reads everything now: what it agreed to was less.
        var changed = await scene.House.Send(new ChangeConsumer(billing.Id, "billing", 1, [], "Team Billing", "#billing", billing.Stamp));
        Assert.True((await ConsumerScene.Compare(scene)).Blocked);
        await scene.House.Send(new ChangeConsumer(billing.Id, "billing", 1, ["score"], "Other Team", "#billing", changed.Stamp));
        Assert.False((await ConsumerScene.Compare(scene)).Blocked);
        // Another release with another change as well.
        await ConsumerScene.Give(scene, 2, ConsumerScene.Renamed.Replace("\"type\": \"number\"}]", "\"type\": \"number\", \"max\": 5}]", StringComparison.Ordinal));
        await ConsumerScene.Give(scene, 2, Tighter);
        Assert.True((await ConsumerScene.Compare(scene)).Blocked);
    }

    [Fact]
    public async Task Nothing_that_breaks_is_nothing_to_acknowledge()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite, Wider);
        var billing = await ConsumerScene.Billing(scene, "score");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ConsumerScene.Acknowledge(scene, billing));
        Assert.Equal((RefusalKind.Conflict, "Version 2 breaks nothing for billing that works with version 1; there is nothing to acknowledge."), (refusal.Kind, refusal.Message));
    }

    [Theory]
    [InlineData(CompatibilityMode.None, 0, false)]
    [InlineData(CompatibilityMode.Backward, 0, false)]
    [InlineData(CompatibilityMode.Full, 1, true)]
    public async Task Mode_full_counts_what_a_roll_back_would_break(CompatibilityMode mode, int mustName, bool blocked)
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite, Wider);
        await ConsumerScene.Billing(scene);
        await ConsumerScene.Mode(scene, mode);
        var view = await ConsumerScene.Compare(scene);
        Assert.Equal("rollback/inputs/age", Assert.Single(view.RollBack).Path);
        Assert.Equal((mustName, blocked), (view.MustName.Count, view.Blocked));
    }

    [Fact]
    public async Task Without_against_the_champion_or_the_version_before_is_taken()
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        Assert.Equal(1, (await scene.House.Send(new CompareVersions(RolloutScene.Model, 3))).Against);
        Assert.Equal(2, (await scene.House.Send(new CompareVersions(RolloutScene.Model, 3, 2))).Against);
        Assert.Equal(2, (await scene.House.Send(new CompareVersions(RolloutScene.Model, 3, null, "staging"))).Against);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new CompareVersions(RolloutScene.Model, 1)))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new CompareVersions(RolloutScene.Model, 9)))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new CompareVersions(RolloutScene.Model, 3, 9)))).Kind);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Check_compatible_is_judged_at_each_look_and_leaves_the_status_alone(DatabaseKind database)
    {
        await using var scene = await ConsumerScene.Open(database);
        Assert.Equal((CheckOutcome.NotApplicable, "It is the champion."), await Check(scene, 1));
        Assert.Equal((CheckOutcome.Passed, "Nothing that works with version 1 breaks."), await Check(scene, 3));
        var billing = await ConsumerScene.Billing(scene, "score");
        var (outcome, sentence) = await Check(scene, 2);
        Assert.Equal(CheckOutcome.Failed, outcome);
        Assert.Contains("outputs/score: score is called risk now", sentence);
        Assert.Contains("billing (Team Billing, #billing)", sentence);
        Assert.Contains("No rollout has accepted outputs/score yet.", sentence);
        await ConsumerScene.Acknowledge(scene, billing);
        (outcome, sentence) = await Check(scene, 2);
        Assert.Equal(CheckOutcome.Failed, outcome);
        Assert.DoesNotContain("has not acknowledged", sentence);
        await scene.House.Send(new UseCases.Rollouts.DraftRollout(RolloutScene.Model, 2, RolloutScene.Environment, RolloutScene.Canary(), ["outputs/score"]));
        Assert.Equal(CheckOutcome.Passed, (await Check(scene, 2)).Outcome);
        await ConsumerScene.Mode(scene, CompatibilityMode.None);
        Assert.Equal(CheckOutcome.NotApplicable, (await Check(scene, 2)).Outcome);
        Assert.Equal(VersionStatus.Ready, (await scene.House.Send(new GetVersion(RolloutScene.Model, 2))).Status);
    }

    private static async Task<(CheckOutcome Outcome, string Sentence)> Check(RolloutScene scene, int version)
    {
        var checks = (await scene.House.Send(new GetVersion(RolloutScene.Model, version))).Checks;
        var check = Assert.Single(checks, check => check.Name == CheckName.Compatible);
        return (check.Outcome, check.Sentence);
    }
}
