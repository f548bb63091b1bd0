namespace ControlPlane.Domain.Registry;

/// <summary>The pre-scan of a preprocessing graph, as strict as a model's; it is refused at upload.</summary>
public static class PreprocessingScan
{
    /// <summary>The graph, or every reason against it at the path <c>preprocessing</c>.</summary>
    public static OnnxGraphReading Read(IByteSource source)
    {
        var reading = OnnxGraphScan.Read(source);
        var problems = reading.Graph is { } graph ? EnginePlacement.FindForbidden(graph) : reading.Problems;
        return problems.Count == 0 ? reading : new(null, [.. problems.Select(problem => problem with { Path = "preprocessing" })]);
    }
}
