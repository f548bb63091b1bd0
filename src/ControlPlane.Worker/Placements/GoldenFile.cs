using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Placements;

/// <summary>Golden samples out of the file in which they came.</summary>
public static class GoldenFile
{
    /// <exception cref="VersionLoadException">The file is not golden samples of this contract; every problem is named.</exception>
    public static IReadOnlyList<GoldenSample> Read(string path, Contract contract)
    {
        var reading = GoldenSamples.Read(File.ReadAllBytes(path), contract);
        return reading.Problems.Count == 0 ? reading.Samples : throw new VersionLoadException(reading.Problems);
    }
}
