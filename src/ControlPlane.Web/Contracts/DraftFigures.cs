using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;

namespace ControlPlane.Web.Contracts;

/// <summary>What a draft's text comes to: the contract when it can be read, what is wrong with it, and what it changes.</summary>
/// <param name="Lines">Where each path stands in the text.</param>
/// <param name="Changes">Against the contract that is compared with; null while the text cannot be read or there is nothing to compare with.</param>
/// <param name="Column">The column, from 1, at which the text stops being JSON; null when it is JSON.</param>
public sealed record DraftFigures(Contract? Contract, IReadOnlyList<Problem> Problems, IReadOnlyDictionary<string, int> Lines, IReadOnlyList<ChangeView>? Changes, int? Column = null)
{
    private const string NoJson = "is not JSON";

    public static DraftFigures Of(string text, Contract? against)
    {
        var lines = ContractText.Lines(text);
        if (text.Trim().Length == 0) return new(null, [new("", "is empty: write a contract, or start from the model's signature")], lines, null);
        var reading = ContractReader.Read(text);
        if (reading.Problems is [{ Path: "" } problem] && problem.Sentence.StartsWith(NoJson, StringComparison.Ordinal) && ContractText.Break(text) is { } broken)
        {
            // The line stands before the sentence already.
            return new(null, [new("", $"{NoJson}: column {broken.Column}")], lines, null, broken.Column);
        }

        var changes = reading.Contract is { } contract && against is not null ? ContractComparison.Compare(against, contract).Select(ChangeWords.Unaddressed).ToList() : null;
        return new(reading.Contract, reading.Problems, lines, changes);
    }

    /// <summary>The version that a draft was begun from: 3 of <c>version 3</c>; null for one that came of a file.</summary>
    public static int? SourceVersion(string source) =>
        source.StartsWith("version ", StringComparison.Ordinal) && int.TryParse(source.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Whether a problem is one of a file beside the contract: <c>golden:3/outputs/score</c> is of golden.</summary>
    public static bool IsOf(string part, Problem problem) =>
        problem.Path.StartsWith(part, StringComparison.Ordinal) && (problem.Path.Length == part.Length || problem.Path[part.Length] == ':');

    /// <summary>Whether it stands somewhere in the contract's text.</summary>
    public bool IsInText(Problem problem) => Lines.ContainsKey(problem.Path) || !new[] { "golden", "baseline", "artifact" }.Any(part => IsOf(part, problem));

    public int LineOf(Problem problem) => ContractText.LineOf(Lines, problem.Path);

    /// <summary>What the text alone cannot tell (the artifact, its tensors) comes from where the draft is kept.</summary>
    public IReadOnlyList<Problem> With(IReadOnlyList<Problem> kept) => [.. Problems, .. kept.Distinct().Where(problem => Contract is not null && !Problems.Contains(problem))];
}
