namespace ControlPlane.Domain.Serving;

/// <summary>Which version of a model answers which share of requests in an environment, and which are mirrored.</summary>
/// <param name="Generation">Only grows; a node never applies an older one.</param>
/// <param name="Champion">Answers every request that no share claims.</param>
/// <param name="Shares">Challengers that answer; together at most 10,000 basis points.</param>
/// <param name="Mirrors">Versions that get a copy of a share of the requests and answer nobody.</param>
/// <param name="Salt">Rollout salt of the assignment, so that two rollouts draw independent buckets.</param>
public sealed record TrafficSplit(
    string Model,
    long Generation,
    int Champion,
    IReadOnlyList<TrafficShare> Shares,
    IReadOnlyList<TrafficShare> Mirrors,
    string Salt);

/// <summary>A version's share in basis points (0.01 %), 0 to 10,000.</summary>
public sealed record TrafficShare(int Version, int ShareBasisPoints);

/// <summary>The part a version plays for one request.</summary>
public enum TrafficRole
{
    Champion,
    Challenger,

    /// <summary>Got a copy of the request; its answer is compared and thrown away.</summary>
    Mirror,
}

/// <summary>Where one request goes.</summary>
public sealed record Route(int Version, TrafficRole Role, IReadOnlyList<int> MirroredTo);
