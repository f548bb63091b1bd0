using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>The pre-scan of a preprocessing graph, as strict as a model's; it is refused at upload.</summary>
public static class PreprocessingScan
{
    /// <summary>Every reason against the graph, at the path <c>preprocessing</c>.</summary>
    public static IReadOnlyList<Problem> Problems(IByteSource source)
    {
        var reading = OnnxGraphScan.Read(source);
        var problems = reading.Graph is { } graph ? EnginePlacement.FindForbidden(graph) : reading.Problems;
        return [.. problems.Select(problem => problem with { Path = "preprocessing" })];
    }
}
