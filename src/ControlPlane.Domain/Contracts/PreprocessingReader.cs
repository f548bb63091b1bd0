using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads one preprocessing step of a contract.</summary>
internal static class PreprocessingReader
{
    public static PreprocessingStep? Read(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var op = fields.RequiredText("op");
        switch (op)
        {
            case "impute":
                return ReadImpute(fields);
            case "assemble":
                return ReadAssemble(fields);
            default:
                if (op.Length > 0) fields.Refuse("op", $"{op} is not known; known are impute, assemble");
                return null;
        }
    }

    private static ImputeStep ReadImpute(JsonFields fields)
    {
        var feature = fields.RequiredText("feature");
        var value = fields.Object("value");
        var step = value?.ValueKind switch
        {
            JsonValueKind.Number when value.Value.TryGetDouble(out var number) && double.IsFinite(number) => new ImputeStep(feature, number == 0 ? 0 : number, null),
            JsonValueKind.True => new ImputeStep(feature, 1, null),
            JsonValueKind.False => new ImputeStep(feature, 0, null),
            JsonValueKind.String => new ImputeStep(feature, null, value.Value.GetString()),
            _ => null,
        };
        if (value is null) fields.Refuse("value", "is missing");
        else if (step is null) fields.Refuse("value", $"must be a number, text, true or false (is {JsonFields.Describe(value.Value)})");
        fields.RefuseOthers();
        return step ?? new ImputeStep(feature, 0, null);
    }

    private static AssembleStep ReadAssemble(JsonFields fields)
    {
        var step = new AssembleStep(fields.RequiredText("tensor"), fields.OptionalText("datatype") ?? "FP32", fields.Texts("columns", required: true));
        if (!TensorDatatype.IsKnown(step.Datatype) || step.Datatype is "BYTES" or "BOOL")
            fields.Refuse("datatype", $"{step.Datatype} is no datatype of numbers; take FP32, FP64 or INT64");
        if (fields.Has("columns") && step.Columns.Count == 0) fields.Refuse("columns", "must name at least one column");
        fields.RefuseOthers();
        return step;
    }
}
