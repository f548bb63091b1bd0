using ControlPlane.Web.Access;
using ControlPlane.Web.Api;
using ControlPlane.Web.Audit;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Rollouts;
using ControlPlane.Web.Serving;
using ControlPlane.Web.Telemetry;

namespace ControlPlane.Web.Composition;

/// <summary>The HTTP API: how it reads, what it answers to faults, which rooms it has, and its description.</summary>
internal static class ApiComposition
{
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => WireJson.Apply(options.SerializerOptions));
        // Malformed bodies reach the same handler as every other refusal, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = StatusSentence.Complete);
        services.AddExceptionHandler<Problems>();
        services.AddOpenApi("v1", OpenApiDescription.Describe);
    }

    public static void UseApiFaults(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseWhen(context => SignInRedirect.IsApi(context.Request), api => api.UseStatusCodePages());
    }

    public static void MapApi(this WebApplication app)
    {
        var nodes = app.MapGroup("/api/v1");
        NodeProtocolApi.Map(nodes);
        var api = app.MapGroup("/api/v1").RequireAuthorization();
        AccessApi.Map(api);
        AuditApi.Map(api);
        RegistryApi.Map(api);
        ContractsApi.Map(api);
        VersionUploadApi.Map(api);
        DraftsApi.Map(api);
        ComparisonApi.Map(api);
        ConsumersApi.Map(api);
        BundlesApi.Map(api);
        RolloutsApi.Map(api);
        ServingApi.Map(api);
        TrialApi.Map(api);
        TelemetryApi.Map(api);
        AccountEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs/api";
            page.SwaggerEndpoint("/openapi/v1.json", "ControlPlane v1");
            page.DocumentTitle = "ControlPlane API";
        });
    }
}
