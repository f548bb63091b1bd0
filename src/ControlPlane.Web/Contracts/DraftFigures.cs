using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;

namespace ControlPlane.Web.Contracts;

/// <summary>What a draft's text comes to: the contract when it can be read, what is wrong with it, and what it changes.</summary>
/// <param name="Lines">Where each path stands in the text.</param>
/// <param name="Changes">Against the contract that is compared with; null while the text cannot be read or there is nothing to compare with.</param>
public sealed record DraftFigures(Contract? Contract, IReadOnlyList<Problem> Problems, IReadOnlyDictionary<string, int> Lines, IReadOnlyList<ChangeView>? Changes)
{
    public static DraftFigures Of(string text, Contract? champion)
    {
        var lines = ContractText.Lines(text);
        if (text.Trim().Length == 0) return new(null, [new("", "is empty: write a contract, or start from the model's signature")], lines, null);
        var reading = ContractReader.Read(text);
        var changes = reading.Contract is { } contract && champion is not null ? ContractComparison.Compare(champion, contract).Select(ChangeWords.Unaddressed).ToList() : null;
        return new(reading.Contract, reading.Problems, lines, changes);
    }

    /// <summary>Whether a problem is one of a file beside the contract: <c>golden:3/outputs/score</c> is of golden.</summary>
    public static bool IsOf(string part, Problem problem) =>
        problem.Path.StartsWith(part, StringComparison.Ordinal) && (problem.Path.Length == part.Length || problem.Path[part.Length] == ':');

    /// <summary>Whether it stands somewhere in the contract's text.</summary>
    public bool IsInText(Problem problem) => Lines.ContainsKey(problem.Path) || !new[] { "golden", "baseline", "artifact" }.Any(part => IsOf(part, problem));

    public int LineOf(Problem problem) => ContractText.LineOf(Lines, problem.Path);

    /// <summary>What the text alone cannot tell (the artifact, its tensors) comes from where the draft is kept.</summary>
    public IReadOnlyList<Problem> With(IReadOnlyList<Problem> kept) => [.. Problems, .. kept.Distinct().Where(problem => Contract is not null && !Problems.Contains(problem))];
}
