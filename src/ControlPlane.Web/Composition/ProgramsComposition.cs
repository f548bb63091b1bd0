using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Bootstrap;
using ControlPlane.Web.LocalNodes;

namespace ControlPlane.Web.Composition;

/// <summary>The programs that Web starts beside itself, and the secrets that it draws for them.</summary>
internal static class ProgramsComposition
{
    public static void AddLocalPrograms(this IServiceCollection services, IConfiguration configuration, WebSettings settings, bool demonstration)
    {
        var joinToken = JoinToken.Read(configuration, settings.Data);
        services.AddSingleton(joinToken);
        services.AddSingleton(new FleetSettings(joinToken.Value));
        services.AddSingleton(settings.Telemetry);
        services.AddSingleton(BootstrapSettings.Read(configuration));
        services.AddScoped<FirstStart>();
        services.AddSingleton<WebAddress>();
        services.AddSingleton<LocalNodesHost>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalNodesHost>());
        if (!demonstration) return;
        services.AddSingleton(new DemonstrationKey(PrivateFile.ReadOrDraw(settings.Data.DemoKey, "cp_demo_")));
        services.AddHostedService<DemonstrationHost>();
    }
}
