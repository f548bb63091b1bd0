using System.Diagnostics;
using ControlPlane.PostgreSql;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace ControlPlane.UseCases.Tests.House;

/// <summary>A real PostgreSQL server of this test run's own, in a temporary folder, reached over a Unix socket only; each test gets a copy of one migrated database.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly string? Programs = FindPrograms();
    private static readonly Lazy<Task<string>> Started = new(Start);
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"cp-pg-{Environment.ProcessId}");

    /// <summary>Why it cannot be had here; null when it can.</summary>
    public static string? Absence => Programs is null ? "PostgreSQL is not installed here (looked for initdb in /usr/lib/postgresql/*/bin)." : null;

    /// <summary>Connection string of a new, migrated, empty database.</summary>
    public static async Task<string> CreateDatabase()
    {
        var server = await Started.Value;
        var name = $"t{Guid.NewGuid():N}";
        await Execute(server, $"CREATE DATABASE {name} TEMPLATE migrated");
        return $"{server};Database={name};Pooling=false";
    }

    public ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated) Run("pg_ctl", "-D", Path.Combine(Folder, "data"), "-m", "immediate", "stop");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> Start()
    {
        Directory.CreateDirectory(Folder);
        if (Environment.IsPrivilegedProcess) RunProgram("chown", "postgres", Folder);
        var data = Path.Combine(Folder, "data");
        Run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        Run("pg_ctl", "-D", data, "-w", "-l", Path.Combine(Folder, "log"), "-o", $"-k {Folder} -h '' -c fsync=off -c max_connections=200", "start");
        var server = $"Host={Folder};Username=postgres";
        await Execute(server, "CREATE DATABASE migrated");
        var options = new DbContextOptionsBuilder<ControlPlaneContext>();
        PostgreSqlDatabase.Configure(options, $"{server};Database=migrated;Pooling=false");
        await using var context = new ControlPlaneContext(options.Options);
        await context.Database.MigrateAsync();
        return server;
    }

    private static async Task Execute(string server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        if (!Directory.Exists(Debian)) return null;
        return Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max();
    }

    // PostgreSQL refuses to run as root.
    private static void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess) RunProgram("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else RunProgram(path, arguments);
    }

    private static void RunProgram(string program, params string[] arguments)
    {
        // The server inherits what pg_ctl writes to, so its output must not be a pipe that is read to the end.
        var log = Path.Combine(Folder, "start.log");
        var line = string.Join(' ', arguments.Prepend(program).Select(part => $"'{part.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{line} >>'{log}' 2>&1 </dev/null"]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {File.ReadAllText(log)}");
    }
}
