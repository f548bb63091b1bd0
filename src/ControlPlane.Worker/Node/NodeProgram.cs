using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;
using ControlPlane.Worker.Trials;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ControlPlane.Worker.Node;

/// <summary>The program without a verb: a node that serves.</summary>
public static class NodeProgram
{
    public static async Task<int> Run(string[] arguments)
    {
        try
        {
            await Build(arguments).RunAsync();
            return 0;
        }
        catch (NodeSettingException cause)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return 2;
        }
    }

    /// <summary>The node, ready to be started.</summary>
    public static WebApplication Build(string[] arguments, TimeProvider? clock = null)
    {
        // Settings lie beside the program; the current directory is where relative paths of data count from.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        var settings = NodeSettings.Read(builder.Configuration);
        if (builder.Configuration["Urls"] is null) builder.WebHost.UseUrls(NodeSettings.DefaultUrls);
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        Log(builder.Logging, settings);
        AddServing(builder.Services, settings, clock ?? TimeProvider.System);
        AddLife(builder.Services);

        var app = builder.Build();
        NodeApi.Map(app);
        InferenceApi.Map(app);
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxRequestBodySize = new InferenceSettings().MaxBodyBytes;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    private static void Log(ILoggingBuilder logging, NodeSettings settings)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = $"yyyy-MM-ddTHH:mm:ss.fffZ '{settings.Name}' ";
        });
    }

    private static void AddServing(IServiceCollection services, NodeSettings settings, TimeProvider clock)
    {
        services.AddSingleton(settings);
        services.AddSingleton(clock);
        services.AddSingleton(new InferenceSettings(ServerVersion: ProgramVersion.Text));
        services.AddSingleton(EngineSettings.Default(Path.Combine(settings.Directory, "engines")));
        services.AddSingleton<ServingTableHolder>();
        services.AddSingleton(new PredictionWindows(clock));
        services.AddSingleton<IPredictionSink>(provider => provider.GetRequiredService<PredictionWindows>());
        services.AddSingleton(provider => new MirrorQueue(provider.GetRequiredService<PredictionWindows>()));
        services.AddSingleton<IMirrorQueue>(provider => provider.GetRequiredService<MirrorQueue>());
    }

    private static void AddLife(IServiceCollection services)
    {
        services.AddSingleton<NodeDirectory>();
        services.AddSingleton<WebGateway>();
        services.AddSingleton<Supervision>();
        services.AddSingleton<ArtifactShelf>();
        services.AddSingleton<VersionOpening>();
        services.AddSingleton<PlacementKeeper>();
        services.AddSingleton<ServedState>();
        services.AddSingleton<CheckChild>();
        services.AddSingleton<CheckDesk>();
        services.AddSingleton<TrialDesk>();
        services.AddSingleton<LeaseWatch>();
        services.AddSingleton<InstructionDesk>();
        services.AddSingleton<Membership>();
        services.AddSingleton<ReportBuilder>();
        services.AddSingleton<NodeLife>();
        services.AddHostedService<Departure>();
        services.AddHostedService<MirrorConsumer>();
        services.AddHostedService(provider => provider.GetRequiredService<CheckDesk>());
        services.AddHostedService(provider => provider.GetRequiredService<LeaseWatch>());
        services.AddHostedService<ShelfCleaning>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeLife>());
    }
}
