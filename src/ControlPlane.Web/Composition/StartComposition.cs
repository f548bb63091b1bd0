using ControlPlane.UseCases;
using ControlPlane.UseCases.Database;
using ControlPlane.Web.Api;
using ControlPlane.Web.Bootstrap;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.Web.Composition;

/// <summary>What is done once before the first request.</summary>
internal static class StartComposition
{
    public static void AddUseCases(this IServiceCollection services) => UseCaseRegistration.Add(services);

    public static void MapHealth(this WebApplication app) => HealthEndpoints.Map(app);

    public static async Task Prepare(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ControlPlaneContext>().Database.MigrateAsync();
        await scope.ServiceProvider.GetRequiredService<FirstStart>().Run(scope.ServiceProvider.GetService<DemonstrationKey>());
    }
}
