using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

public sealed class DraftRolloutTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Draft_with_a_wrong_plan_names_the_fields_and_leaves_nothing(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var wrong = Canary() with { Steps = [new(StepExposure.Answered, 0, -1, 0)] };
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(wrong));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Equal(["steps[0].share_percent", "steps[0].hold_seconds"], refusal.Problems.Select(problem => problem.Path));
        Assert.Empty(await scene.House.Send(new ListRollouts(Model, OpenOnly: true)));
    }

    [Theory]
    [InlineData("nobody", 2, "production", "model nobody")]
    [InlineData(Model, 9, "production", "version 9 of fraud-scoring")]
    [InlineData(Model, 2, "moon", "environment moon")]
    public async Task Draft_of_something_unknown_is_not_found(string model, int version, string environment, string what)
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new DraftRollout(model, version, environment, Canary())));
        Assert.Equal((RefusalKind.NotFound, $"There is no {what}."), (refusal.Kind, refusal.Message));
    }

    [Theory]
    [InlineData(VersionStatus.Checking)]
    [InlineData(VersionStatus.Rejected)]
    [InlineData(VersionStatus.Archived)]
    public async Task Draft_of_a_version_that_is_not_ready_is_a_conflict(VersionStatus status)
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        await scene.House.Query(context => context.Versions.Where(version => version.Version == 2)
            .ExecuteUpdateAsync(version => version.SetProperty(row => row.Status, status), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Conflict, (await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(Canary()))).Kind);
    }

    [Fact]
    public async Task Draft_beside_an_open_rollout_is_a_conflict_that_names_it()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var first = await scene.Draft(Canary());
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(Canary(), 3));
        Assert.Equal($"Rollout {first.Id} of {Model} is open (drafted); finish or cancel it first.", refusal.Message);
        await scene.Act(first.Id, RolloutAction.Cancel, "other plans");
        Assert.Equal(3, (await scene.Draft(Canary(), 3)).Version);
    }

    [Fact]
    public async Task Draft_of_a_first_release_can_only_be_immediate()
    {
        await using var scene = await Open(DatabaseKind.Sqlite, released: false);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(Canary()));
        Assert.Equal("kind", Assert.Single(refusal.Problems).Path);
        await scene.Release(1);
        Assert.Equal(1, (await scene.Split()).Champion);
    }

    [Fact]
    public async Task Draft_of_the_champion_is_a_conflict()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        Assert.Equal(RefusalKind.Conflict, (await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(Canary(), 1))).Kind);
    }

    [Fact]
    public async Task Draft_of_an_immediate_release_needs_its_own_permission()
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        scene.House.Caller.Caller = new(CallerKind.Person, "dee@example.com", [Role.DataScientist], null);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => scene.Draft(Immediate))).Kind);
        Assert.Equal(RolloutPhase.Drafted, (await scene.Draft(Canary())).Phase);
    }
}
