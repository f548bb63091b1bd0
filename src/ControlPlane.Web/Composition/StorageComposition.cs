using ControlPlane.PostgreSql;
using ControlPlane.Sqlite;
using ControlPlane.SqlServer;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Adapters;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Serving;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.Web.Composition;

/// <summary>Database, artifact store, uploads and the way to the nodes.</summary>
internal static class StorageComposition
{
    public static void AddStorage(this IServiceCollection services, WebSettings settings)
    {
        services.AddDbContext<ControlPlaneContext>(options => Configure(options, settings.Database));
        services.AddSingleton<IArtifactStore>(_ => new FileArtifactStore(settings.Data.Artifacts));
        services.AddSingleton<IUploadStore>(provider => new FileUploadStore(settings.Data.Uploads, provider.GetRequiredService<IArtifactStore>()));
        services.AddSingleton(_ => new Spool(settings.Data.Spool));
        services.AddScoped<VersionSources>();
        services.AddScoped<BundleDesk>();
        services.AddScoped<ArtifactReaders>();
        services.AddSingleton<INodeGateway, HttpNodeGateway>();
    }

    private static void Configure(DbContextOptionsBuilder options, DatabaseChoice database)
    {
        Action<DbContextOptionsBuilder, string> configure = database.Provider switch
        {
            DatabaseProvider.Sqlite => SqliteDatabase.Configure,
            DatabaseProvider.SqlServer => SqlServerDatabase.Configure,
            DatabaseProvider.PostgreSql => PostgreSqlDatabase.Configure,
        };
        configure(options, database.ConnectionString);
    }
}
