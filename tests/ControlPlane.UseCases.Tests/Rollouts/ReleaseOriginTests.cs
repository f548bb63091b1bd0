using ControlPlane.Domain.Access;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ControlPlane.UseCases.Tests.Rollouts.RolloutScene;

namespace ControlPlane.UseCases.Tests.Rollouts;

public sealed class ReleaseOriginTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Immediate_release_is_by_its_submitter_with_the_reason_given(DatabaseKind database)
    {
        await using var scene = await Open(database);
        var rollout = await scene.Draft(Immediate);
        scene.House.Caller.Caller = new(CallerKind.Person, "bob@example.com", [Role.Administrator], null);
        await scene.Act(rollout.Id, RolloutAction.Submit, "fraud wave");
        await ScheduledTurns(scene, 1);
        Assert.Equal((2, ReleaseCause.Released, "bob@example.com", "fraud wave"), await Newest(scene));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Immediate_release_that_others_approved_is_still_its_submitters(DatabaseKind database)
    {
        await using var scene = await Open(database);
        await scene.House.Query(context => context.Environments.ExecuteUpdateAsync(row => row.SetProperty(environment => environment.RequiredApprovals, 1), TestContext.Current.CancellationToken));
        var rollout = await scene.Draft(Immediate);
        await scene.Act(rollout.Id, RolloutAction.Submit, "fraud wave");
        scene.House.Caller.Caller = new(CallerKind.Person, "bob@example.com", [Role.Administrator], null);
        await scene.Act(rollout.Id, RolloutAction.Approve, "looks fine");
        await ScheduledTurns(scene, 1);
        Assert.Equal((2, ReleaseCause.Released, "ada@example.com", "fraud wave"), await Newest(scene));
    }

    [Theory]
    [InlineData("good", "good")]
    [InlineData(" ", "Promoted by a person.")]
    [InlineData(null, "Promoted by a person.")]
    public async Task Promotion_by_a_person_is_theirs_with_the_reason_given(string? reason, string expected)
    {
        await using var scene = await Open(DatabaseKind.Sqlite);
        var rollout = await scene.Exposed();
        scene.House.Caller.Caller = new(CallerKind.ApiKey, "release robot", [Role.Administrator], null);
        await scene.Act(rollout.Id, RolloutAction.Promote, reason);
        Assert.Equal((2, ReleaseCause.Promoted, "release robot", expected), await Newest(scene));
        Assert.Equal(expected, (await scene.Get(rollout.Id)).History.Single(entry => entry.What == "promoted").Reason);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Automatic_promotion_is_by_the_schedule(DatabaseKind database)
    {
        await using var scene = await Open(database);
        await scene.Exposed(Canary(PromotionMode.Automatic) with { Steps = [new(StepExposure.Answered, 1000, 4, 100)] });
        await scene.Traffic(3000, 3000);
        await ScheduledTurns(scene, 3);
        Assert.Equal((2, ReleaseCause.Promoted, "schedule", "The last step passed."), await Newest(scene));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Roll_back_of_a_champion_is_theirs_who_asked_with_their_reason(DatabaseKind database)
    {
        await using var scene = await Open(database);
        await scene.Release(2);
        scene.House.Caller.Caller = new(CallerKind.Person, "bob@example.com", [Role.Administrator], null);
        await scene.House.Send(new RollBackModel(Model, RolloutScene.Environment, null, "too many blocks"));
        Assert.Equal((1, ReleaseCause.RolledBack, "bob@example.com", "too many blocks"), await Newest(scene));
    }

    private static async Task ScheduledTurns(RolloutScene scene, int count)
    {
        scene.House.Caller.Caller = Caller.Schedule;
        await scene.Turns(count);
    }

    private static async Task<(int, ReleaseCause, string, string)> Newest(RolloutScene scene)
    {
        var newest = (await scene.House.Send(new ListReleases(Model)))[0];
        return (newest.Version, newest.Cause, newest.By, newest.Reason);
    }
}
