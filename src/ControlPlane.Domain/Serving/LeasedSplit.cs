namespace ControlPlane.Domain.Serving;

/// <summary>What a node serves while it hears from Web, and what when it does not: what is being tried needs supervision, what is proven does not.</summary>
public static class LeasedSplit
{
    /// <summary>The split itself within the lease; after it the champion alone, without shares and mirrors, in the same generation.</summary>
    public static TrafficSplit Effective(TrafficSplit split, TimeSpan silence, TimeSpan lease) =>
        silence <= lease || (split.Shares.Count == 0 && split.Mirrors.Count == 0) ? split : split with { Shares = [], Mirrors = [] };
}
