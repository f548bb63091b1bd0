namespace ControlPlane.Worker.Serving;

/// <summary>Counts requests. Called on the request's path after the answer is made: must not block, throw or keep the spans.</summary>
public interface IPredictionSink
{
    void Record(in ServedRequest request);
}
