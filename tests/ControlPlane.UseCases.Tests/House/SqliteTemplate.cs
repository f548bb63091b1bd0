using ControlPlane.Sqlite;
using ControlPlane.UseCases.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Each test gets a copy of one migrated file.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<string>> Migrated = new(Migrate);

    public static async Task<string> CreateDatabase()
    {
        var template = await Migrated.Value;
        var file = NewFile();
        File.Copy(template, file);
        return Connection(file);
    }

    public static void Drop(string connection)
    {
        var file = new SqliteConnectionStringBuilder(connection).DataSource;
        foreach (var path in new[] { file, $"{file}-wal", $"{file}-shm" }) File.Delete(path);
    }

    private static async Task<string> Migrate()
    {
        var file = NewFile();
        var options = new DbContextOptionsBuilder<ControlPlaneContext>();
        SqliteDatabase.Configure(options, Connection(file));
        await using (var context = new ControlPlaneContext(options.Options)) await context.Database.MigrateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    }

    private static string NewFile() => Path.Combine(Path.GetTempPath(), $"cp-{Guid.NewGuid():N}.db");

    private static string Connection(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
}
