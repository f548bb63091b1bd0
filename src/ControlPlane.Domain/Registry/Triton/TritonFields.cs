using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>Asks one message for fields of a type; what is of another one, or given twice, becomes a problem with its place.</summary>
internal sealed class TritonFields(IReadOnlyList<ProtobufTextField> fields, List<Problem> problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>What nobody asked for, one field of each name.</summary>
    public IEnumerable<ProtobufTextField> Others => fields.Where(one => !_asked.Contains(one.Name)).DistinctBy(one => one.Name);

    public IReadOnlyList<ProtobufTextField> All(string name)
    {
        _asked.Add(name);
        return [.. fields.Where(field => field.Name == name)];
    }

    public string? Text(string name) => One(name, ProtobufTextKind.Text, "text in quotes")?.Text;

    public string? Word(string name) => One(name, ProtobufTextKind.Word, "a word without quotes")?.Text;

    public long Whole(string name, long otherwise, long low, long high)
    {
        if (One(name, ProtobufTextKind.Number, "a number") is not { } field) return otherwise;
        if (ProtobufTextNumber.Whole(field.Text) is { } value && value >= low && value <= high) return value;
        Refuse(field, $"must be a whole number from {low} to {high} (is {field.Text})");
        return otherwise;
    }

    /// <summary>A repeated whole number.</summary>
    public IReadOnlyList<long> Wholes(string name, long low, long high)
    {
        var values = new List<long>();
        foreach (var field in All(name))
        {
            if (field.Kind == ProtobufTextKind.Number && ProtobufTextNumber.Whole(field.Text) is { } value && value >= low && value <= high) values.Add(value);
            else Refuse(field, $"must be whole numbers from {low} to {high}");
        }

        return values;
    }

    /// <summary>A repeated message.</summary>
    public IReadOnlyList<ProtobufTextField> Messages(string name)
    {
        var all = All(name);
        foreach (var field in all.Where(field => field.Kind != ProtobufTextKind.Message)) Refuse(field, "must be a message in braces");
        return [.. all.Where(field => field.Kind == ProtobufTextKind.Message)];
    }

    public ProtobufTextField? Message(string name) => One(name, ProtobufTextKind.Message, "a message in braces");

    public void Refuse(ProtobufTextField field, string sentence) =>
        problems.Add(new(TritonConfigReader.Path, $"line {field.Line}, column {field.Column}: {field.Name} {sentence}"));

    private ProtobufTextField? One(string name, ProtobufTextKind kind, string wanted)
    {
        var all = All(name);
        if (all.Count == 0) return null;
        if (all.Count > 1) Refuse(all[1], "is given twice");
        if (all[0].Kind == kind) return all[0];
        Refuse(all[0], $"must be {wanted}");
        return null;
    }
}
