namespace ControlPlane.Domain.Contracts;

/// <summary>What a difference between two contracts does to those who use the older one.</summary>
public enum ChangeKind
{
    /// <summary>Something that worked stops working: a request is refused, or a field of the answer is gone or of another type.</summary>
    Breaking,

    /// <summary>All that worked still works.</summary>
    Additive,

    /// <summary>Same shape, other meaning: threshold, unit, direction, label order, calibration.</summary>
    Semantic,
}

/// <summary>One difference between two contracts.</summary>
/// <param name="Path">Where, by name: <c>outputs/score</c>, <c>inputs/amount/max</c>, <c>policy/bands</c>.</param>
/// <param name="BeforeJson">The value before as JSON; null when there was none.</param>
/// <param name="AfterJson">The value after as JSON; null when it is gone.</param>
/// <param name="Sentence">For a person.</param>
public sealed record ContractChange(ChangeKind Kind, string Path, string? BeforeJson, string? AfterJson, string Sentence);

/// <summary>How much a model's versions may change under its consumers.</summary>
public enum CompatibilityMode
{
    /// <summary>Anything; changes are shown and block nothing.</summary>
    None,

    /// <summary>What worked with the champion works with the new version; a breaking change must be named by whoever proposes it and acknowledged by those whom it hits.</summary>
    Backward,

    /// <summary>As Backward, and what works with the new version works with the champion too, so that a roll-back breaks nobody.</summary>
    Full,
}
