using Microsoft.EntityFrameworkCore;

namespace ControlPlane.PostgreSql;

/// <summary>PostgreSQL 13 or newer: several Webs.</summary>
public static class PostgreSqlDatabase
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString, server => server.MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly.GetName().Name));
}
