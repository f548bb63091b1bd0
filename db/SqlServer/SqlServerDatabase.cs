using Microsoft.EntityFrameworkCore;

namespace ControlPlane.SqlServer;

/// <summary>SQL Server 2016 or newer: several Webs.</summary>
public static class SqlServerDatabase
{
    public static void Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlServer(connectionString, server => server.MigrationsAssembly(typeof(SqlServerDatabase).Assembly.GetName().Name));
}
