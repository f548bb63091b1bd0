namespace ControlPlane.Worker.Inference;

/// <summary>
/// Maps <c>/v1/models/{m}:predict</c> and the Open Inference Protocol V2. Needs in the container: ServingTableHolder, IPredictionSink, IMirrorQueue,
/// InferenceSettings.
/// </summary>
public static class InferenceApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var inference = ActivatorUtilities.CreateInstance<InferenceHandler>(routes.ServiceProvider);
        var metadata = ActivatorUtilities.CreateInstance<MetadataHandler>(routes.ServiceProvider);

        // Mapped for every method: the handlers refuse wrong ones themselves, with the protocol's error body.
        routes.Map("/v1/models/{model}:predict", inference.Predict);
        routes.Map("/v2/models/{model}/infer", inference.Infer);
        routes.Map("/v2/models/{model}/versions/{version}/infer", inference.Infer);
        routes.Map("/v2", metadata.Server);
        routes.Map("/v2/health/live", metadata.Live);
        routes.Map("/v2/health/ready", metadata.Ready);
        routes.Map("/v2/models/{model}", metadata.Model);
        routes.Map("/v2/models/{model}/versions/{version}", metadata.Model);
        routes.Map("/v2/models/{model}/ready", metadata.ModelReady);
        routes.Map("/v2/models/{model}/versions/{version}/ready", metadata.ModelReady);
        routes.Map("/v1/{**rest}", UnknownAddress);
        routes.Map("/v2/{**rest}", UnknownAddress);
    }

    private static Task UnknownAddress(HttpContext context) =>
        ErrorAnswer.Write(context, StatusCodes.Status404NotFound, $"{context.Request.Path} is not an address of this protocol");
}
