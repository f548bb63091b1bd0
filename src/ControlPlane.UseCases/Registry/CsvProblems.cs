using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry;

/// <summary>What is wrong with one CSV part, place by place: <c>baseline:12/amount</c> is the column amount in line 12 of the file.</summary>
internal sealed class CsvProblems(string part)
{
    /// <summary>More would not be read by anybody; reading ends there.</summary>
    public const int Max = 20;

    private readonly List<Problem> _found = [];

    public IReadOnlyList<Problem> Found => _found;

    public bool IsFull => _found.Count >= Max;

    public void Add(string sentence) => Put(part, sentence);

    public void Add(long line, string sentence) => Put($"{part}:{line}", sentence);

    public void Add(long line, string column, string sentence) => Put($"{part}:{line}/{Shorten(column)}", sentence);

    /// <summary>A text as a sentence may hold it.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..57]}…";

    private void Put(string path, string sentence)
    {
        if (!IsFull) _found.Add(new(path, sentence));
    }
}
