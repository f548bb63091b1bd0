using ControlPlane.SqlServer;
using ControlPlane.UseCases.Database;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>A SQL Server that somebody else runs: CONTROLPLANE_SQLSERVER holds its connection string, with the right to create databases.</summary>
internal static class SqlServerTemplate
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("CONTROLPLANE_SQLSERVER");

    public static string? Absence => string.IsNullOrWhiteSpace(Server) ? "CONTROLPLANE_SQLSERVER is not set (connection string of a SQL Server)." : null;

    public static async Task<string> CreateDatabase()
    {
        var connection = new SqlConnectionStringBuilder(Server) { InitialCatalog = $"cp_test_{Guid.NewGuid():N}" }.ConnectionString;
        await using var context = Open(connection);
        await context.Database.MigrateAsync();
        return connection;
    }

    public static async Task Drop(string connection)
    {
        await using var context = Open(connection);
        await context.Database.EnsureDeletedAsync();
    }

    private static ControlPlaneContext Open(string connection)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneContext>();
        SqlServerDatabase.Configure(options, connection);
        return new(options.Options);
    }
}
