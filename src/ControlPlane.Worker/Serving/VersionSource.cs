using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Serving;

/// <summary>Where a version's parts lie on this machine: the contract's JSON and the artifact's file, which is already verified.</summary>
public sealed record VersionSource(string Model, int Version, string ContractJson, string ArtifactPath)
{
    public static VersionSource Of(PlacementOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);

    public static VersionSource Of(TrialOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);

    public static VersionSource Of(CheckOrder order, string artifactPath) => new(order.Model, order.Version, order.ContractJson, artifactPath);
}
