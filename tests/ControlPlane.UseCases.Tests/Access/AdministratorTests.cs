using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Access;

public sealed class AdministratorTests
{
    private static readonly CreateFirstAdministrator Ada = new("ada@example.com", "Ada", "Correct-horse-1");

    [Theory]
    [OnEachDatabase]
    public async Task First_administrator_is_made_and_audited(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        house.Caller.Caller = Caller.Anonymous;
        Assert.False(await house.Send(new HasAdministrator()));
        await house.Send(Ada);
        Assert.True(await house.Send(new HasAdministrator()));
        var person = await house.Query(context => context.Users.SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal([Role.Administrator], person.Roles);
        Assert.NotEqual(Ada.Password, person.PasswordHash);
        Assert.Equal("first_administrator_created", (await house.Query(context => context.AuditEntries.SingleAsync(TestContext.Current.CancellationToken))).Action);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Second_administrator_is_refused(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await house.Send(Ada);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(Ada with { Email = "eve@example.com" }));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Of_eight_administrators_at_once_one_is_made(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var attempts = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            try
            {
                await house.Send(Ada with { Email = $"ada{number}@example.com" });
                return (RefusalKind?)null;
            }
            catch (RefusedException refusal)
            {
                return refusal.Kind;
            }
        }));
        var results = await Task.WhenAll(attempts);
        Assert.Single(results, result => result is null);
        Assert.All(results.Where(result => result is not null), result => Assert.Equal(RefusalKind.Conflict, result));
        Assert.Equal(1, await house.Query(context => context.Users.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Weak_password_is_refused_and_leaves_nothing(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(Ada with { Password = "short" }));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.All(refusal.Problems, problem => Assert.Equal("password", problem.Path));
        Assert.False(await house.Send(new HasAdministrator()));
        Assert.Equal(0, await house.Query(context => context.AuditEntries.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Bad_fields_are_named_all_at_once()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateFirstAdministrator("nobody", "", "")));
        Assert.Equal(["display_name", "email", "password"], refusal.Problems.Select(problem => problem.Path).Distinct().Order());
    }
}
