using System.Data.Common;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Database;

public sealed class AppendOnlyTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Audit_entry_cannot_be_changed(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await Refuses(house, "UPDATE audit_entries SET actor = 'somebody else'");
    }

    [Theory]
    [OnEachDatabase]
    public async Task Audit_entry_cannot_be_deleted(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await Refuses(house, "DELETE FROM audit_entries");
    }

    private static async Task Refuses(TestHouse house, string sql)
    {
        await house.Query(async context =>
        {
            context.AuditEntries.Add(new AuditEntry { At = house.Clock.Now, ActorKind = "person", Actor = "ada", Action = "tried", Subject = "audit" });
            return await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => house.Query(context => context.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken)));
        Assert.Contains("append-only", refusal.Message);
        var actors = await house.Query(context => context.AuditEntries.Select(entry => entry.Actor).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["ada"], actors);
    }
}
