namespace ControlPlane.Web.Registry;

/// <summary>What came of a bundle, as the browser was told.</summary>
/// <param name="Problems">How many things have to be put right in the draft.</param>
public sealed record ImportOutcome(Guid DraftId, string Source, IReadOnlyList<string> Carried, IReadOnlyList<string> NotCarried, int Problems, int GoldenRows);
