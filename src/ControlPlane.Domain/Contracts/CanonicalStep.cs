using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>The canonical form of a preprocessing step.</summary>
internal static class CanonicalStep
{
    /// <summary><paramref name="booleans"/>: inputs whose imputed value is written as true or false.</summary>
    public static void Write(Utf8JsonWriter json, PreprocessingStep step, IReadOnlySet<string> booleans)
    {
        json.WriteStartObject();
        switch (step)
        {
            case AssembleStep assemble:
                json.WriteTexts("columns", assemble.Columns);
                json.WriteString("datatype", assemble.Datatype);
                json.WriteString("op", assemble.Op);
                json.WriteString("tensor", assemble.Tensor);
                break;
            case OnnxStep onnx:
                json.WriteString("artifact", onnx.Artifact);
                json.WriteString("op", onnx.Op);
                break;
            case ColumnStep column:
                WriteColumn(json, column, booleans);
                break;
            default:
                throw NoForm(step);
        }

        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnStep step, IReadOnlySet<string> booleans)
    {
        // Keys before "feature".
        if (step is MinMaxStep { Clip: true }) json.WriteBoolean("clip", true);
        if (step is OneHotStep { DropFirst: true }) json.WriteBoolean("drop_first", true);
        if (step is BucketizeStep bucketize)
        {
            json.WriteNumbers("edges", bucketize.Edges);
            if (bucketize.OneHot) json.WriteString("encode", "one_hot");
        }

        json.WriteString("feature", step.Feature);
        if (step is MinMaxStep scaled) json.WriteUnless("high", scaled.High, 1);
        if (step is ImputeStep { Indicator: { } indicator }) json.WriteString("indicator", indicator);
        json.WriteGiven("into", step.Into);
        WriteRest(json, step, booleans);
    }

    private static void WriteRest(Utf8JsonWriter json, ColumnStep step, IReadOnlySet<string> booleans)
    {
        switch (step)
        {
            case ImputeStep impute:
                json.WriteString("op", step.Op);
                if (impute.Number is 0 or 1 && booleans.Contains(impute.Feature)) json.WriteBoolean("value", impute.Number == 1);
                else json.WriteGiven("value", impute.Number);
                json.WriteGiven("value", impute.Text);
                break;
            case ClipStep clip:
                json.WriteGiven("max", clip.Max);
                json.WriteGiven("min", clip.Min);
                json.WriteString("op", step.Op);
                break;
            case StandardizeStep standardize:
                json.WriteGiven("mean", standardize.Mean);
                json.WriteString("op", step.Op);
                json.WriteGiven("scale", standardize.Scale);
                break;
            case MinMaxStep scaled:
                json.WriteUnless("low", scaled.Low, 0);
                json.WriteGiven("max", scaled.Max);
                json.WriteGiven("min", scaled.Min);
                json.WriteString("op", step.Op);
                break;
            case OneHotStep oneHot:
                json.WriteString("op", step.Op);
                WriteCategories(json, oneHot.Values);
                break;
            case OrdinalStep ordinal:
                json.WriteGiven("missing_value", ordinal.MissingValue);
                json.WriteString("op", step.Op);
                json.WriteGiven("unseen_value", ordinal.UnseenValue);
                WriteCategories(json, ordinal.Values);
                break;
            case CastStep cast:
                json.WriteString("op", step.Op);
                json.WriteString("to", JsonNamingPolicy.SnakeCaseLower.ConvertName(cast.To.ToString()));
                break;
            case Log1pStep or BucketizeStep:
                json.WriteString("op", step.Op);
                break;
            default:
                throw NoForm(step);
        }
    }

    private static void WriteCategories(Utf8JsonWriter json, CategoryList? categories)
    {
        json.WriteTexts("values", categories?.Texts);
        json.WriteNumbers("values", categories?.Numbers);
    }

    private static ArgumentOutOfRangeException NoForm(PreprocessingStep step) => new(nameof(step), step.Op, "This step has no canonical form.");
}
