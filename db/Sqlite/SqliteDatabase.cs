using Microsoft.EntityFrameworkCore;

namespace ControlPlane.Sqlite;

/// <summary>SQLite: one file, one Web.</summary>
public static class SqliteDatabase
{
    /// <summary>Foreign keys are enforced, readers do not wait for the writer (WAL), a second writer waits up to 30 s.</summary>
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly.GetName().Name))
        .AddInterceptors(new ConnectionPragmas());
}
