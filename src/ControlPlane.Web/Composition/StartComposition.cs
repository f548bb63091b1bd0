using ControlPlane.UseCases;
using ControlPlane.UseCases.Database;
using ControlPlane.Web.Api;
using ControlPlane.Web.Bootstrap;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.Web.Composition;

/// <summary>What is done once before the first request.</summary>
internal static class StartComposition
{
    public static void AddUseCases(this IServiceCollection services) => UseCaseRegistration.Add(services);

    public static void MapHealth(this WebApplication app) => HealthEndpoints.Map(app);

    /// <summary>Runs until it is asked to end; the number is the exit code.</summary>
    public static async Task<int> PrepareAndRun(this WebApplication app)
    {
        try
        {
            if (PortProbe.Listens(app.Services.GetRequiredService<IServer>())) PortProbe.Require(HostComposition.Addresses(app.Configuration));
            await app.Prepare();
            await app.RunAsync();
            return 0;
        }
        catch (SettingException wrong)
        {
            return StartFault.Tell(wrong);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            // Somebody was faster between the look and the start.
            return StartFault.Tell(new SettingException("Urls", $"cannot be listened on: {fault.Message.TrimEnd('.')}"));
        }
    }

    private static async Task Prepare(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ControlPlaneContext>().Database.MigrateAsync();
        await scope.ServiceProvider.GetRequiredService<FirstStart>().Run(scope.ServiceProvider.GetService<DemonstrationKey>());
    }
}
