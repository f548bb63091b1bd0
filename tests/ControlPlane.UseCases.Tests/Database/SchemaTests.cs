using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace ControlPlane.UseCases.Tests.Database;

/// <summary>Migrations and scripts are made without a server, so all three databases are looked at everywhere.</summary>
public sealed class SchemaTests
{
    /// <summary>Set to 1 to write the scripts anew after a migration was added.</summary>
    private const string WriteVariable = "CONTROLPLANE_WRITE_SCHEMA";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    [InlineData(DatabaseKind.SqlServer)]
    public void Migrations_hold_the_whole_model(DatabaseKind database)
    {
        using var context = Open(database);
        Assert.False(context.Database.HasPendingModelChanges(), $"db/{database} lacks a migration for a change of the model");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    [InlineData(DatabaseKind.SqlServer)]
    public void Schema_script_is_what_the_migrations_do(DatabaseKind database)
    {
        using var context = Open(database);
        var options = database == DatabaseKind.Sqlite ? MigrationsSqlGenerationOptions.Script : MigrationsSqlGenerationOptions.Script | MigrationsSqlGenerationOptions.Idempotent;
        var script = context.GetService<IMigrator>().GenerateScript(options: options).ReplaceLineEndings("\n").TrimStart('\uFEFF');
        var file = Path.Combine(RepositoryRoot(), "db", database.ToString(), "schema.sql");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(file, script);
        Assert.Equal(script.TrimEnd(), File.ReadAllText(file).ReplaceLineEndings("\n").TrimEnd());
        Assert.Contains("audit_entries_append_only", script);
    }

    private static ControlPlaneContext Open(DatabaseKind database) => database switch
    {
        DatabaseKind.Sqlite => new Sqlite.DesignTimeFactory().CreateDbContext([]),
        DatabaseKind.PostgreSql => new PostgreSql.DesignTimeFactory().CreateDbContext([]),
        DatabaseKind.SqlServer => new SqlServer.DesignTimeFactory().CreateDbContext([]),
    };

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ControlPlane.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
