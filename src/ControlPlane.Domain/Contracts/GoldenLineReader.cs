using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads what one golden sample expects and refuses by name what the contract does not have.</summary>
internal sealed class GoldenLineReader(string path, GoldenNames names, List<Problem> problems)
{
    private const int MostNamesSaid = 20;
    private static readonly Dictionary<string, string> Nothing = [];

    public string Path => path;

    public List<Problem> Problems => problems;

    public Dictionary<string, string> Outputs(JsonElement? element, JsonFields fields)
    {
        if (element is not { ValueKind: JsonValueKind.Object } outputs)
        {
            fields.Refuse("outputs", "must be an object");
            return Nothing;
        }

        var before = problems.Count;
        var expected = Values(outputs, "outputs", names.Outputs, "an output of the contract");
        foreach (var name in expected.Where(pair => pair.Value == "null").Select(pair => pair.Key)) Refuse($"outputs/{name}", "is missing: null is no expectation");
        if (expected.Count == 0 && problems.Count == before) Refuse("outputs", "must expect at least one output");
        if (problems.Count > before) return expected;
        foreach (var name in names.ExpectedOutputs(expected.Keys).Where(name => !expected.ContainsKey(name)))
            Refuse($"outputs/{name}", "is missing, though the first sample expects it");
        return expected;
    }

    public GoldenStages? Stages(JsonElement? element)
    {
        if (element is not { } given) return null;
        var stages = new JsonFields(given, $"{path}/stages", problems);
        var read = new GoldenStages(
            Stage(stages, "preprocessing", names.PreparedColumns, "a column or tensor that the contract prepares"),
            Stage(stages, "model", names.ModelTensors, "a tensor that an output of the contract is taken from"));
        stages.RefuseOthers();
        return read.Preprocessing.Count + read.Model.Count == 0 ? null : read;
    }

    private Dictionary<string, string> Stage(JsonFields stages, string stage, IReadOnlyList<string>? known, string what)
    {
        if (stages.Object(stage) is not { } element) return Nothing;
        if (element.ValueKind != JsonValueKind.Object)
        {
            stages.Refuse(stage, "must be an object");
            return Nothing;
        }

        foreach (var value in element.EnumerateObject().Where(value => !IsPlain(value.Value)))
            stages.Refuse($"{stage}/{value.Name}", "must be a number, a text, true, false, null, or a list of those");
        return Values(element, $"stages/{stage}", known, what);
    }

    private Dictionary<string, string> Values(JsonElement element, string place, IReadOnlyList<string>? known, string what)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in element.EnumerateObject())
        {
            if (known is not null && !known.Contains(value.Name, StringComparer.Ordinal))
                Refuse($"{place}/{value.Name}", $"is not {what}; those are {Some(known)}");
            else if (!values.TryAdd(value.Name, value.Value.GetRawText()))
                Refuse($"{place}/{value.Name}", "is given twice");
        }

        return values;
    }

    private static string Some(IReadOnlyList<string> known) =>
        known.Count <= MostNamesSaid ? string.Join(", ", known) : $"{string.Join(", ", known.Take(MostNamesSaid))} and {known.Count - MostNamesSaid} more";

    private static bool IsPlain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => false,
        JsonValueKind.Array => value.EnumerateArray().All(IsPlain),
        _ => true,
    };

    private void Refuse(string name, string sentence) => problems.Add(new($"{path}/{name}", sentence));
}
