using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>Golden samples that can be gone through more than once.</summary>
public interface IGoldenSource
{
    int Count { get; }

    IEnumerable<GoldenSample> Samples();
}
