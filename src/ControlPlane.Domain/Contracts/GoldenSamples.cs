using System.Text;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads golden samples: one JSON object <c>{"inputs": {…}, "outputs": {…}, "stages": {"preprocessing": {…}, "model": {…}}}</c> a line, stages only where they are known.</summary>
public static class GoldenSamples
{
    public const int MaxSamples = 100_000;
    private const int MaxProblems = 20;

    /// <summary>The samples, or the problems with their lines; checks the names against the contract, not the values.</summary>
    public static GoldenReading Read(ReadOnlyMemory<byte> utf8Lines, Contract contract) => Collect(Lines(utf8Lines, contract));

    public static GoldenReading Read(string lines, Contract contract) => Read(Encoding.UTF8.GetBytes(lines), contract);

    /// <summary>As <see cref="Read(ReadOnlyMemory{byte}, Contract)"/>, and holds the inputs to the contract as a request's are. Expected values are not judged.</summary>
    /// <param name="places">The line of the file that was sent, per line given; null when that is the same.</param>
    public static GoldenReading Judge(ReadOnlyMemory<byte> utf8Lines, Contract contract, IReadOnlyList<long>? places = null) =>
        Collect(Lines(utf8Lines, new GoldenSampleReader(contract, new PayloadCheck(contract), places)));

    /// <summary>Line by line as it is asked for; ends after the line that is one sample too many.</summary>
    public static IEnumerable<GoldenLine> Lines(ReadOnlyMemory<byte> utf8Lines, Contract contract) => Lines(utf8Lines, new GoldenSampleReader(contract));

    private static GoldenReading Collect(IEnumerable<GoldenLine> lines)
    {
        var samples = new List<GoldenSample>();
        var problems = new List<Problem>();
        foreach (var line in lines)
        {
            if (line.Sample is { } sample) samples.Add(sample);
            problems.AddRange(line.Problems);
            if (problems.Count >= MaxProblems) break;
        }

        if (samples.Count == 0 && problems.Count == 0) problems.Add(new("golden", "holds no samples"));
        return problems.Count > 0 ? new([], [.. problems.Take(MaxProblems)]) : new(samples, []);
    }

    private static IEnumerable<GoldenLine> Lines(ReadOnlyMemory<byte> utf8Lines, GoldenSampleReader reader)
    {
        while (!utf8Lines.IsEmpty && !reader.IsFull)
        {
            var length = utf8Lines.Span.IndexOf((byte)'\n');
            var text = length < 0 ? utf8Lines : utf8Lines[..length];
            utf8Lines = length < 0 ? default : utf8Lines[(length + 1)..];
            if (reader.Next(text) is { } line) yield return line;
        }
    }
}
