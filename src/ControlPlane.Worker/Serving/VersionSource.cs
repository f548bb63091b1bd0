using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Serving;

/// <summary>Where a version's parts lie on this machine: the contract's JSON and the artifact's file, which is already verified.</summary>
public sealed record VersionSource(string Model, int Version, string ContractJson, string ArtifactPath)
{
    /// <summary>The graph of the contract's onnx step; null when it has none.</summary>
    public GraphSource? Preparation { get; init; }

    public static VersionSource Of(PlacementOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);

    public static VersionSource Of(TrialOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);

    public static VersionSource Of(CheckOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);

    /// <summary>Digest of the graph that a contract's onnx step names; null when there is no such step, or the contract cannot be read.</summary>
    public static string? PreparationDigest(string contractJson) =>
        ContractReader.Read(contractJson).Contract?.Preprocessing.OfType<OnnxStep>().FirstOrDefault()?.Artifact;
}

/// <summary>A verified graph that runs before the model, and the process that its own pre-scan chose for it.</summary>
public sealed record GraphSource(string Path, EnginePlace Place);
