using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Registry;
using Quartz;

namespace ControlPlane.Web.Api;

/// <summary>Alive, and ready: what load balancers and compose files ask.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Ok(new { status = "alive" })).ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(ControlPlaneContext database, IArtifactStore store, ISchedulerFactory schedulers, CancellationToken cancel)
    {
        var parts = new Dictionary<string, string>
        {
            ["database"] = await Ask(async token => await database.Database.CanConnectAsync(token) ? null : "cannot be reached", cancel),
            ["store"] = await Ask(async token => await store.IsWritable(token) ? null : "cannot be written", cancel),
            ["schedule"] = await Ask(async token => (await schedulers.GetScheduler(token)) is { Status: SchedulerStatus.Running } ? null : "does not run", cancel),
        };
        var ready = parts.Values.All(answer => answer == "ready");
        return Results.Json(new { status = ready ? "ready" : "not_ready", parts }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // A part that hangs or throws is not ready; the answer says which and why instead of failing as a whole.
    private static async Task<string> Ask(Func<CancellationToken, Task<string?>> question, CancellationToken cancel)
    {
        try
        {
            return await question(cancel).WaitAsync(Patience, cancel) ?? "ready";
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            return fault.Message;
        }
    }
}
