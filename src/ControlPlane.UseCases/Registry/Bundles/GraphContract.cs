using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>What a graph by itself says of a contract's parts.</summary>
internal static class GraphContract
{
    // Stands on the other side while one side is looked at, so that a fault there does not hide what is here.
    private static readonly GraphPort Any = new("any", PortKind.Tensor, 1, [-1]);

    /// <summary>The graph of a file that is in the store.</summary>
    /// <exception cref="RefusedException">Invalid when it is no ONNX model.</exception>
    public static async Task<OnnxGraph> Scan(string name, StoredArtifact artifact, IArtifactStore store, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(artifact.Digest, cancellationToken) ?? throw RefusedException.Invalid(BundlePath.PathOf(name), "cannot be found in the store");
        var reading = OnnxGraphScan.Read(new StreamByteSource(stream));
        if (reading.IsRead) return reading.Graph;
        var problems = reading.Problems.Select(problem => new Problem(BundlePath.PathOf(name), problem.Sentence)).ToList();
        throw new RefusedException(RefusalKind.Invalid, string.Join("; ", problems), problems);
    }

    /// <summary>Every input as a raw tensor; one that cannot be sent is a problem.</summary>
    public static IReadOnlyList<InputField> Inputs(OnnxGraph graph, List<Problem> problems) => Ports(graph with { Outputs = [Any] }, problems)?.Inputs ?? [];

    /// <summary>Every output as the tensor that it is; one that has no form outside is a problem.</summary>
    public static IReadOnlyList<OutputField> Outputs(OnnxGraph graph, List<Problem> problems) => Ports(graph with { Inputs = [Any] }, problems)?.Outputs ?? [];

    private static Contract? Ports(OnnxGraph graph, List<Problem> problems)
    {
        var inferred = ContractInference.FromSignature(graph);
        problems.AddRange(inferred.Problems);
        return inferred.Contract;
    }
}
