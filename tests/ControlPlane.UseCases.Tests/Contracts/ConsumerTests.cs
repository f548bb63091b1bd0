using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Rollouts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Contracts;

public sealed class ConsumerTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Consumer_is_registered_listed_changed_removed_and_audited(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var billing = await ConsumerScene.Billing(scene, "score");
        var other = await scene.House.Send(ConsumerScene.Register() with { Name = "archive" });
        Assert.Equal(["archive", "billing"], (await scene.House.Send(new ListConsumers(RolloutScene.Model))).Select(consumer => consumer.Name));
        var changed = await scene.House.Send(new ChangeConsumer(billing.Id, "billing-eu", 2, ["decision"], "Team EU", "eu@example.com", billing.Stamp));
        Assert.Equal(("billing-eu", 2, "Team EU", "eu@example.com"), (changed.Name, changed.ResponseMajor, changed.Owner, changed.Contact));
        Assert.Equal(["decision"], changed.Fields);
        await scene.House.Send(new RemoveConsumer(other.Id));
        Assert.Equal("billing-eu", Assert.Single(await scene.House.Send(new ListConsumers())).Name);
        var audited = await scene.House.Query(context => context.AuditEntries.Where(entry => entry.Action.StartsWith("consumer_")).OrderBy(entry => entry.Id)
            .Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["consumer_registered", "consumer_registered", "consumer_changed", "consumer_removed"], audited);
    }

    [Fact]
    public async Task Everything_wrong_about_a_consumer_is_told_at_once()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            scene.House.Send(new RegisterConsumer(RolloutScene.Model, "Billing!", 0, ["score", "score"], " ", new string('x', 257))));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Equal(["contact", "fields", "name", "owner", "response_major"], refusal.Problems.Select(problem => problem.Path).Distinct().Order());
        Assert.Empty(await scene.House.Send(new ListConsumers()));
    }

    [Fact]
    public async Task Field_that_no_version_answers_with_is_named()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ConsumerScene.Billing(scene, "score", "scoer", "decision"));
        var problem = Assert.Single(refusal.Problems);
        Assert.Equal(("fields[1]", "scoer is no output of fraud-scoring; it answers with decision, score"), (problem.Path, problem.Sentence));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Name_is_taken_once_per_model(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Record.ExceptionAsync(() => ConsumerScene.Billing(scene)).AsTask()));
        Assert.Single(both, failure => failure is null);
        Assert.Equal(RefusalKind.Conflict, Assert.IsType<RefusedException>(Assert.Single(both, failure => failure is not null)).Kind);
        var archive = await scene.House.Send(ConsumerScene.Register() with { Name = "archive" });
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new ChangeConsumer(archive.Id, "billing", 1, [], "o", "c", archive.Stamp)));
        Assert.Equal("fraud-scoring has a consumer billing already.", refusal.Message);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Of_two_who_edit_the_same_view_the_second_is_told(DatabaseKind database)
    {
        await using var scene = await RolloutScene.Open(database);
        var billing = await ConsumerScene.Billing(scene);
        await scene.House.Send(new ChangeConsumer(billing.Id, "billing", 1, [], "first", "c", billing.Stamp));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scene.House.Send(new ChangeConsumer(billing.Id, "billing", 1, [], "second", "c", billing.Stamp)));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Equal("first", Assert.Single(await scene.House.Send(new ListConsumers())).Owner);
    }

    [Fact]
    public async Task Unknown_model_and_consumer_are_not_found()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        Assert.Equal(RefusalKind.NotFound, await Kind(() => scene.House.Send(new ListConsumers("nobody"))));
        Assert.Equal(RefusalKind.NotFound, await Kind(() => scene.House.Send(ConsumerScene.Register() with { Model = "nobody" })));
        Assert.Equal(RefusalKind.NotFound, await Kind(() => scene.House.Send(new ChangeConsumer(Guid.NewGuid(), "billing", 1, [], "o", "c", Guid.NewGuid()))));
        Assert.Equal(RefusalKind.NotFound, await Kind(() => scene.House.Send(new RemoveConsumer(Guid.NewGuid()))));
        Assert.Equal(RefusalKind.NotFound, await Kind(() => scene.House.Send(new AcknowledgeChanges(Guid.NewGuid(), 2))));
    }

    [Theory]
    [InlineData(Role.Analyst, true)]
    [InlineData(Role.DataScientist, true)]
    [InlineData(Role.MlLead, true)]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.Operator, false)]
    public async Task Acknowledging_is_a_permission_of_its_own(Role role, bool allowed)
    {
        await using var scene = await ConsumerScene.Open(DatabaseKind.Sqlite);
        var billing = await ConsumerScene.Billing(scene, "score");
        ConsumerScene.As(scene, "eve@example.com", role);
        var failure = await Record.ExceptionAsync(() => ConsumerScene.Acknowledge(scene, billing));
        Assert.Equal(allowed ? null : RefusalKind.Forbidden, (failure as RefusedException)?.Kind);
    }

    [Fact]
    public async Task Analyst_may_not_register_a_consumer()
    {
        await using var scene = await RolloutScene.Open(DatabaseKind.Sqlite);
        ConsumerScene.As(scene, "eve@example.com", Role.Analyst);
        Assert.Equal(RefusalKind.Forbidden, await Kind(() => ConsumerScene.Billing(scene)));
    }

    private static async Task<RefusalKind> Kind(Func<Task> action) => (await Assert.ThrowsAsync<RefusedException>(action)).Kind;
}
