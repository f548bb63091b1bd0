using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Access;

public sealed class ApiKeyTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Secret_is_shown_once_and_only_its_hash_is_kept(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var created = await house.Send(new CreateApiKey("pipeline", Role.DataScientist));
        Assert.Matches("^cp_[A-Za-z0-9_-]{43}$", created.Secret);
        Assert.StartsWith(created.Key.Prefix, created.Secret);
        var row = await house.Query(context => context.ApiKeys.SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(created.Secret)), row.SecretHash);
        var entry = await house.Query(context => context.AuditEntries.SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal("api_key_created", entry.Action);
        Assert.DoesNotContain(created.Secret, entry.DetailJson);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Secret_names_its_caller_until_it_is_revoked(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var created = await house.Send(new CreateApiKey("pipeline", Role.Analyst));
        var caller = await house.Send(new VerifyApiKey(created.Secret));
        Assert.Equal((CallerKind.ApiKey, "pipeline"), (caller!.Kind, caller.Name));
        Assert.Equal([Role.Analyst], caller.Roles);
        Assert.Equal(house.Clock.Now, (await house.Send(new ListApiKeys())).Single().LastUsedAt);
        await house.Send(new RevokeApiKey(created.Key.Id));
        Assert.Null(await house.Send(new VerifyApiKey(created.Secret)));
        Assert.Equal(house.Clock.Now, (await house.Send(new ListApiKeys())).Single().RevokedAt);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Secret_that_differs_in_its_last_character_is_unknown(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var secret = (await house.Send(new CreateApiKey("pipeline", Role.Analyst))).Secret;
        Assert.Null(await house.Send(new VerifyApiKey(secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'))));
        Assert.Null(await house.Send(new VerifyApiKey("")));
        Assert.Null(await house.Send(new VerifyApiKey(secret[..11])));
    }

    [Fact]
    public async Task Key_without_a_name_is_refused()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateApiKey("", Role.Analyst)));
        Assert.Equal("name", Assert.Single(refusal.Problems).Path);
    }

    [Fact]
    public async Task Unknown_key_cannot_be_revoked()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new RevokeApiKey(Guid.NewGuid())));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }
}
