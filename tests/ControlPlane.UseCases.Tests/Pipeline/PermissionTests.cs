using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Pipeline;

public sealed class PermissionTests
{
    private static readonly Type[] Requests = [.. typeof(CreateModel).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && typeof(IBaseRequest).IsAssignableFrom(type))];

    [Fact]
    public void Every_request_says_what_it_needs()
    {
        Assert.NotEmpty(Requests);
        Assert.All(Requests, request => Assert.True(typeof(IPermitted).IsAssignableFrom(request), $"{request.Name} does not say what its caller must be allowed"));
    }

    [Fact]
    public void Every_request_has_one_handler()
    {
        var handled = typeof(CreateModel).Assembly.GetTypes().SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .Select(contract => contract.GetGenericArguments()[0]).ToList();
        Assert.All(Requests, request => Assert.Single(handled, request));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Refused_attempt_of_somebody_known_is_audited(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        house.Caller.Caller = new(CallerKind.ApiKey, "dashboard", [Role.Analyst], "10.0.0.7");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateModel("fraud-scoring", null)));
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
        Assert.Equal(0, await house.Query(context => context.Models.CountAsync(TestContext.Current.CancellationToken)));
        var entry = await house.Query(context => context.AuditEntries.SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("refused", "dashboard", "api_key", "10.0.0.7"), (entry.Action, entry.Actor, entry.ActorKind, entry.Address));
        Assert.Contains("CreateModel", entry.DetailJson);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Nobody_is_asked_to_sign_in(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        house.Caller.Caller = Caller.Anonymous;
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ListModels()));
        Assert.Equal(RefusalKind.Unauthenticated, refusal.Kind);
        Assert.Equal(0, await house.Query(context => context.AuditEntries.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Auditor_reads_the_trail_by_subject_and_action(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await house.Send(new CreateModel("fraud-scoring", null));
        house.Clock.Advance(60);
        await house.Send(new CreateModel("fraud", "other"));
        house.Caller.Caller = new(CallerKind.Person, "olga@example.com", [Role.Auditor], null);
        Assert.Equal(["models/fraud", "models/fraud-scoring"], (await house.Send(new ListAudit())).Select(entry => entry.Subject));
        Assert.Equal("models/fraud", (await house.Send(new ListAudit("models/fraud"))).Single().Subject);
        Assert.Equal(2, (await house.Send(new ListAudit("models", "model_created"))).Count);
        Assert.Single(await house.Send(new ListAudit(Since: house.Clock.Now)));
        Assert.Equal("models/fraud-scoring", (await house.Send(new ListAudit(Skip: 1, Take: 1))).Single().Subject);
        await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ListAudit(Take: 0)));
    }
}
