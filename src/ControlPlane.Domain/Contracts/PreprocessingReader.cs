using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one preprocessing step of a contract.</summary>
internal static class PreprocessingReader
{
    private const string Known = "impute, clip, log1p, standardize, min_max, one_hot, ordinal, bucketize, cast, assemble, onnx";

    private static readonly Dictionary<string, bool> Encodings = new(StringComparer.Ordinal) { ["ordinal"] = false, ["one_hot"] = true };

    private static readonly Dictionary<string, CastTarget> Targets = new(StringComparer.Ordinal)
    {
        ["number"] = CastTarget.Number,
        ["integer"] = CastTarget.Integer,
        ["boolean"] = CastTarget.Boolean,
        ["text"] = CastTarget.Text,
    };

    /// <summary><paramref name="inputs"/> is null when the inputs could not be read.</summary>
    public static PreprocessingStep Read(JsonElement element, string path, KnownInputs? inputs, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var op = fields.RequiredText("op");
        PreprocessingStep? step = op switch
        {
            "impute" => ReadImpute(fields, inputs),
            "clip" => ReadClip(fields),
            "log1p" => new Log1pStep(Feature(fields), Into(fields)),
            "standardize" => ReadStandardize(fields),
            "min_max" => ReadMinMax(fields),
            "one_hot" => new OneHotStep(Feature(fields), ReadCategories(fields), fields.OptionalFlag("drop_first", false), Into(fields)),
            "ordinal" => new OrdinalStep(Feature(fields), ReadCategories(fields), fields.OptionalNumber("unseen_value"), fields.OptionalNumber("missing_value"), Into(fields)),
            "bucketize" => ReadBucketize(fields),
            "cast" => new CastStep(Feature(fields), fields.Choice("to", Targets, CastTarget.Number, required: true), Into(fields)),
            "assemble" => ReadAssemble(fields),
            "onnx" => ReadOnnx(fields),
            _ => null,
        };
        if (step is not null)
        {
            fields.RefuseOthers();
            return step;
        }

        if (!string.IsNullOrWhiteSpace(op)) fields.Refuse("op", $"{Plain.Short(op)} is not known; known are {Known}");
        // Stands for what could not be read, so that the steps after it keep their places and the column it would make is known.
        return new CastStep(fields.OptionalName("feature") ?? "", CastTarget.Number, Into(fields));
    }

    private static string Feature(JsonFields fields) => fields.RequiredName("feature");

    private static string? Into(JsonFields fields) => fields.OptionalName("into");

    private static ImputeStep ReadImpute(JsonFields fields, KnownInputs? inputs)
    {
        var feature = Feature(fields);
        var (into, indicator) = (Into(fields), fields.OptionalName("indicator"));
        var value = fields.Object("value");
        switch (value?.ValueKind)
        {
            case JsonValueKind.Number:
                return new(feature, fields.NumberOf("value", value.Value) ?? 0, null, into, indicator);
            case JsonValueKind.True or JsonValueKind.False:
                // The step keeps 1 or 0, so that a true meant for a number would go unseen later.
                if (inputs?.Find(feature) is { Type: FieldType.Number or FieldType.Integer } input)
                    fields.Refuse("value", $"must be a number, as {Plain.Short(feature)} is {Plain.Kind(input.Type)}");
                return new(feature, value.Value.GetBoolean() ? 1 : 0, null, into, indicator);
            case JsonValueKind.String:
                return new(feature, null, fields.TextOf("value", value.Value) ?? "", into, indicator);
            default:
                fields.Refuse("value", value is null ? "is missing" : $"must be a number, text, true or false (is {JsonFields.Describe(value.Value)})");
                return new(feature, 0, null, into, indicator);
        }
    }

    private static ClipStep ReadClip(JsonFields fields)
    {
        var step = new ClipStep(Feature(fields), fields.OptionalNumber("min"), fields.OptionalNumber("max"), Into(fields));
        if (!fields.Has("min") && !fields.Has("max")) fields.Refuse("", "must say min, max or both");
        if (step.Min > step.Max) fields.Refuse("min", $"must not be above max ({Plain.Number(step.Min.Value)} > {Plain.Number(step.Max.Value)})");
        return step;
    }

    private static StandardizeStep ReadStandardize(JsonFields fields)
    {
        var step = new StandardizeStep(Feature(fields), fields.RequiredNumber("mean"), fields.RequiredNumber("scale"), Into(fields));
        if (step.Scale == 0 && fields.OptionalNumber("scale") is not null) fields.Refuse("scale", "must not be 0: it divides");
        return step;
    }

    private static MinMaxStep ReadMinMax(JsonFields fields)
    {
        var step = new MinMaxStep(
            Feature(fields), fields.RequiredNumber("min"), fields.RequiredNumber("max"),
            fields.OptionalNumber("low") ?? 0, fields.OptionalNumber("high") ?? 1, fields.OptionalFlag("clip", false), Into(fields));
        if (fields.Has("min") && fields.Has("max") && step.Max <= step.Min)
            fields.Refuse("max", $"must be above min ({Plain.Number(step.Max)} is not above {Plain.Number(step.Min)})");
        if (step.High <= step.Low) fields.Refuse("high", $"must be above low ({Plain.Number(step.High)} is not above {Plain.Number(step.Low)})");
        return step;
    }

    private static CategoryList? ReadCategories(JsonFields fields)
    {
        if (!fields.Has("values")) return null;
        var elements = fields.List("values", required: true);
        if (elements.Count == 0)
        {
            if (fields.Object("values") is { ValueKind: JsonValueKind.Array }) fields.Refuse("values", "must list at least one value");
            return new([], null);
        }

        switch (elements[0].ValueKind)
        {
            case JsonValueKind.Number:
                return new(null, fields.DistinctNumbers("values"));
            case JsonValueKind.True or JsonValueKind.False:
                foreach (var (i, element) in elements.Index())
                {
                    if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) fields.Refuse($"values/{i}", $"must be true or false (is {JsonFields.Describe(element)})");
                    else if (i > 1 || (i > 0 && element.ValueKind == elements[0].ValueKind)) fields.Refuse($"values/{i}", $"{element.GetRawText()} is given twice");
                }

                return new(null, [.. elements.Select(element => element.ValueKind == JsonValueKind.True ? 1.0 : 0)]);
            default:
                return new(fields.Texts("values", required: true, allowEmpty: true), null);
        }
    }

    private static BucketizeStep ReadBucketize(JsonFields fields)
    {
        var step = new BucketizeStep(Feature(fields), fields.Numbers("edges", required: true), fields.Choice("encode", Encodings, false, required: false), Into(fields));
        if (fields.Object("edges") is { ValueKind: JsonValueKind.Array } edges && edges.GetArrayLength() < 2) fields.Refuse("edges", "must hold at least two numbers");
        for (var i = 1; i < step.Edges.Count; i++)
        {
            if (step.Edges[i] <= step.Edges[i - 1])
                fields.Refuse($"edges/{i}", $"must be above the edge before it ({Plain.Number(step.Edges[i])} is not above {Plain.Number(step.Edges[i - 1])})");
        }

        return step;
    }

    private static AssembleStep ReadAssemble(JsonFields fields)
    {
        var step = new AssembleStep(
            fields.RequiredName("tensor"), fields.OptionalName("datatype") ?? "FP32", fields.Texts("columns", required: true, limit: ContractLimits.NameLength));
        if (!TensorDatatype.IsKnown(step.Datatype) || step.Datatype is "BYTES" or "BOOL")
            fields.Refuse("datatype", $"{Plain.Short(step.Datatype)} is no datatype of numbers; take FP32, FP64 or INT64");
        if (fields.Object("columns") is { ValueKind: JsonValueKind.Array } columns && columns.GetArrayLength() == 0) fields.Refuse("columns", "must name at least one column");
        return step;
    }

    private static OnnxStep ReadOnnx(JsonFields fields)
    {
        var artifact = fields.RequiredText("artifact");
        var isDigest = artifact.Length == 71 && artifact.StartsWith("sha256:", StringComparison.Ordinal) && artifact.AsSpan(7).IndexOfAnyExcept("0123456789abcdef") < 0;
        if (!isDigest && !string.IsNullOrWhiteSpace(artifact)) fields.Refuse("artifact", $"must be the digest of the graph's file, sha256: and 64 digits of 0-9 and a-f (is {Plain.Short(artifact)})");
        return new(artifact);
    }
}
