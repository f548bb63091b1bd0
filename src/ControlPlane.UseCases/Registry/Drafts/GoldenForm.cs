using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>
/// Golden samples of a draft as the JSON lines that are stored. Names that the contract does not know are let pass, as the contract may change yet;
/// what is neither JSON lines nor CSV is refused.
/// </summary>
internal static class GoldenForm
{
    private const string Part = "golden";
    private const int MaxProblems = 20;

    /// <param name="isCsv">Null when nobody told: JSON lines begin with a brace.</param>
    /// <exception cref="RefusedException">Invalid, with the lines that cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ToJsonLines(string text, bool? isCsv, string contractText)
    {
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text)) throw RefusedException.Invalid(Part, "holds no samples; to do without, leave the golden samples out");
        if (isCsv ?? GoldenCsv.LooksLikeCsv(text)) return await FromCsv(text, contractText);
        var problems = Faults(text).Take(MaxProblems).ToList();
        return problems.Count == 0 ? Encoding.UTF8.GetBytes(text) : throw Refusal(problems);
    }

    private static async Task<ReadOnlyMemory<byte>> FromCsv(string text, string contractText)
    {
        var contract = ContractReader.Read(contractText).Contract
            ?? throw RefusedException.Invalid(Part, "is CSV, whose columns only a contract that can be read tells apart; put the contract right first, or give JSON lines");
        var converted = await GoldenCsv.ToJsonLines(text, contract);
        return converted.Problems.Count == 0 ? converted.Utf8 : throw Refusal(converted.Problems);
    }

    private static IEnumerable<Problem> Faults(string text)
    {
        var samples = 0;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (++samples > GoldenSamples.MaxSamples)
            {
                yield return new($"{Part}:{index + 1}", $"there are more than {GoldenSamples.MaxSamples} samples");
                yield break;
            }

            if (Fault(line) is { } sentence) yield return new($"{Part}:{index + 1}", sentence);
        }
    }

    private static string? Fault(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "must be an object with inputs and outputs";
        }
        catch (JsonException error)
        {
            return $"is not JSON (byte {error.BytePositionInLine + 1})";
        }
    }

    private static RefusedException Refusal(IReadOnlyList<Problem> problems) => new(RefusalKind.Invalid, string.Join("; ", problems), problems);
}
