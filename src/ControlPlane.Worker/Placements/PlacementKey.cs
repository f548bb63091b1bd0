using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Placements;

/// <summary>One immutable version as this node loads it.</summary>
public readonly record struct PlacementKey(string Model, int Version, string ReleaseDigest)
{
    public static PlacementKey Of(PlacementOrder order) => new(order.Model, order.Version, order.ReleaseDigest);
}
