namespace ControlPlane.NodeProtocol;

/// <summary>All that a node of an environment must have loaded and do: complete, so that applying the newest one is always enough.</summary>
/// <param name="Checks">Versions that this node is to try in a throwaway child.</param>
public sealed record NodeInstruction(IReadOnlyList<PlacementOrder> Placements, IReadOnlyList<SplitOrder> Splits, IReadOnlyList<CheckOrder> Checks)
{
    public static NodeInstruction Empty { get; } = new([], [], []);
}

/// <summary>A version to load beside whatever serves, to warm and to verify with its golden samples before it may take traffic.</summary>
/// <param name="ContractJson">The contract's canonical JSON.</param>
/// <param name="GoldenDigest">Digest of the golden samples (JSON lines) in the artifact store; null when there are none.</param>
public sealed record PlacementOrder(string Model, int Version, string ReleaseDigest, string ArtifactDigest, long ArtifactBytes, string ContractJson, string? GoldenDigest);

/// <summary>A model's split. A node applies it when its generation is newer than the one it has and every version in it is loaded.</summary>
public sealed record SplitOrder(string Model, long Generation, int Champion, IReadOnlyList<ShareOrder> Shares, IReadOnlyList<ShareOrder> Mirrors, string Salt);

/// <summary>A version's share in basis points.</summary>
public sealed record ShareOrder(int Version, int ShareBasisPoints);

/// <summary>A version to be checked.</summary>
public sealed record CheckOrder(Guid CheckId, string Model, int Version, string ArtifactDigest, long ArtifactBytes, string ContractJson, string? GoldenDigest);

/// <summary>A node's answer to a pushed instruction: the generation that it now serves, per model.</summary>
/// <param name="Refused">Models whose split could not be applied yet, with the reason.</param>
public sealed record InstructionAcknowledgement(IReadOnlyDictionary<string, long> Generations, IReadOnlyDictionary<string, string> Refused);
