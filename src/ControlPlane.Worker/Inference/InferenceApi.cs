namespace ControlPlane.Worker.Inference;

/// <summary>
/// Maps <c>/v1/models/{m}:predict</c> and the Open Inference Protocol V2. Needs in the container: ServingTableHolder, IPredictionSink, IMirrorQueue,
/// InferenceSettings.
/// </summary>
public static class InferenceApi
{
    public static void Map(IEndpointRouteBuilder routes) => throw new NotSupportedException();
}
