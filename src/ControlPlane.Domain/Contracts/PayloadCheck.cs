using System.Text;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>
/// Holds one row, as the row form has it, to a contract: the same rules and sentences as a node's own reader, without a model. A node also refuses
/// numbers that its model's element type cannot hold.
/// </summary>
public sealed class PayloadCheck
{
    private readonly Contract _contract;
    private readonly PayloadRule[] _rules;
    private readonly Dictionary<string, int> _places;

    public PayloadCheck(Contract contract)
    {
        _contract = contract;
        _rules = [.. contract.Inputs.Select(input => new PayloadRule(input))];
        _places = contract.Inputs.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>Everything wrong with the row; <paramref name="path"/> stands before each field's name, such as <c>instances[0]</c>.</summary>
    public PayloadProblems Check(JsonElement row, string path)
    {
        var problems = new PayloadProblems();
        try
        {
            Check(row, path, problems);
        }
        catch (InvalidOperationException)
        {
            // The JSON document's word for half a surrogate pair.
            if (problems.Admit()) problems.Keep(new(path, BrokenRule.Form, null, "holds text that is not valid Unicode"));
        }

        return problems;
    }

    /// <summary>The path of a field's value; a name of any length is shortened.</summary>
    public static string PathOf(string row, string field) => $"{row}.{FoundValue.Shorten(field)}";

    public static PayloadProblem DescribeRow(string path, FoundValue found) => new(path, BrokenRule.Type, found.Json, $"must be an object (is {found.Text})");

    public static PayloadProblem DescribeUnknown(string path) => new(path, BrokenRule.Unknown, null, "is not an input of the contract");

    private void Check(JsonElement row, string path, PayloadProblems problems)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            if (problems.Admit()) problems.Keep(DescribeRow(path, FoundValue.Of(row)));
            return;
        }

        var seen = new bool[_rules.Length];
        foreach (var field in row.EnumerateObject())
        {
            if (!_places.TryGetValue(field.Name, out var place))
            {
                if (problems.Admit()) problems.Keep(DescribeUnknown(PathOf(path, field.Name)));
                continue;
            }

            if (seen[place] && problems.Admit()) problems.Keep(_rules[place].DescribeTwice(PathOf(path, field.Name)));
            seen[place] = true;
            if (CheckValue(place, field.Value, PathOf(path, field.Name)) is { } problem && problems.Admit()) problems.Keep(problem);
        }

        for (var place = 0; place < seen.Length; place++)
        {
            if (!seen[place] && _rules[place].CheckMissing() is not null && problems.Admit())
                problems.Keep(_rules[place].DescribeMissing(PathOf(path, _contract.Inputs[place].Name)));
        }
    }

    private PayloadProblem? CheckValue(int place, JsonElement value, string path)
    {
        var (field, rule) = (_contract.Inputs[place], _rules[place]);
        switch (field.Type, value.ValueKind)
        {
            case (_, JsonValueKind.Null):
                return rule.CheckMissing() is null ? null : rule.DescribeMissing(path);
            case (FieldType.Tensor, _):
                return CheckSlice(field.Tensor!, value, path);
            case (FieldType.Category or FieldType.Text, JsonValueKind.String):
                var text = value.GetString()!;
                return rule.CheckText(text) is { } brokenText ? rule.DescribeText(path, brokenText, text) : null;
            case (FieldType.Boolean, JsonValueKind.True or JsonValueKind.False):
                return null;
            case (FieldType.Number or FieldType.Integer, JsonValueKind.Number) when value.TryGetDouble(out var number):
                return rule.CheckNumber(number) is { } brokenNumber ? rule.DescribeNumber(path, brokenNumber, number) : null;
            default:
                return rule.DescribeType(path, FoundValue.Of(value));
        }
    }

    private static PayloadProblem? CheckSlice(TensorShape tensor, JsonElement value, string path)
    {
        var json = Encoding.UTF8.GetBytes(value.GetRawText());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (RawSlice.Measure(ref reader) is not { } lengths) return new(path, BrokenRule.Shape, null, RawSlice.Irregular);
        if (RawSlice.Fit(tensor.Shape, lengths) is null) return new(path, BrokenRule.Shape, null, RawSlice.WrongShape(lengths, tensor.Shape));
        var elements = new Utf8JsonReader(json);
        for (var found = 0; elements.Read();)
        {
            if (elements.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
            if (!RawSlice.IsElement(ref elements, tensor.Datatype))
            {
                var element = FoundValue.Of(ref elements);
                return new($"{path}[{found}]", BrokenRule.Type, element.Json, $"must be {tensor.Datatype} (is {element.Text})");
            }

            found++;
        }

        return null;
    }
}
