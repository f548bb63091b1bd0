using ControlPlane.PostgreSql;
using ControlPlane.Sqlite;
using ControlPlane.SqlServer;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>The use cases over a database of their own, with the real pipeline and hand-written stand-ins at the ports alone.</summary>
public sealed class TestHouse : IAsyncDisposable
{
    public const string JoinToken = "cpj_a-token-for-tests";

    private readonly DatabaseKind _database;
    private readonly string _connection;
    private readonly ServiceProvider _provider;

    private TestHouse(DatabaseKind database, string connection)
    {
        _database = database;
        _connection = connection;
        _provider = Compose();
    }

    public SettableClock Clock { get; } = new();

    public FixedCaller Caller { get; } = new();

    public MemoryArtifactStore Artifacts { get; } = new();

    public RecordingNodeGateway Gateway { get; } = new();

    public CrashPoints Crashes { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestHouse> Open(DatabaseKind database) => new(database, database switch
    {
        DatabaseKind.Sqlite => await SqliteTemplate.CreateDatabase(),
        DatabaseKind.PostgreSql => await PostgreSqlServer.CreateDatabase(),
        DatabaseKind.SqlServer => await SqlServerTemplate.CreateDatabase(),
    });

    /// <summary>Sends one request in a scope of its own, as a call from outside would.</summary>
    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, Cancellation);
    }

    /// <summary>Looks into the database, or changes it behind the program's back.</summary>
    public async Task<T> Query<T>(Func<ControlPlaneContext, Task<T>> query)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ControlPlaneContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        if (_database == DatabaseKind.Sqlite) SqliteTemplate.Drop(_connection);
        if (_database == DatabaseKind.SqlServer) await SqlServerTemplate.Drop(_connection);
    }

    private ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<ControlPlaneContext>(Configure);
        services.AddIdentityCore<Person>(options => options.Password.RequireNonAlphanumeric = false).AddEntityFrameworkStores<ControlPlaneContext>();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ICurrentCaller>(Caller);
        services.AddSingleton<IArtifactStore>(Artifacts);
        services.AddSingleton<IUploadStore, MemoryUploadStore>();
        services.AddSingleton<INodeGateway>(Gateway);
        services.AddSingleton(new FleetSettings(JoinToken));
        services.AddSingleton(new TelemetrySettings());
        UseCaseRegistration.Add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private void Configure(DbContextOptionsBuilder options)
    {
        Action<DbContextOptionsBuilder, string> configure = _database switch
        {
            DatabaseKind.Sqlite => SqliteDatabase.Configure,
            DatabaseKind.PostgreSql => PostgreSqlDatabase.Configure,
            DatabaseKind.SqlServer => SqlServerDatabase.Configure,
        };
        configure(options, _connection);
        options.AddInterceptors(Crashes);
    }
}
