using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the operations on an output and holds them to their order: sigmoid and softmax over the row, argmax or index, calibrate.</summary>
internal static class PostprocessingReader
{
    public static IReadOnlyList<PostprocessingStep>? Read(JsonFields output, FieldType type, List<Problem> problems)
    {
        var elements = output.List("postprocessing", required: false);
        if (elements.Count == 0) return null;
        if (type is FieldType.Number or FieldType.Integer or FieldType.Category)
            return [.. elements.Select((element, i) => ReadStep(element, output.PathOf($"postprocessing/{i}"), problems)).OfType<PostprocessingStep>()];
        output.Refuse("postprocessing", $"is for a number, an integer or a category, not for {Plain.Kind(type)}");
        return null;
    }

    public static void Check(JsonFields fields, OutputField output)
    {
        var steps = output.PostprocessingSteps;
        var hasArgmax = steps.OfType<ArgmaxStep>().Any();
        if (hasArgmax && output.Index is not null) fields.Refuse("index", "does not go with argmax, which looks at the whole row");
        if (output.Type == FieldType.Category && hasArgmax && output.Labels is null) fields.Refuse("labels", "are missing: argmax gives the number of a class");
        foreach (var (i, step) in steps.Index())
        {
            var place = $"postprocessing/{i}";
            var isTwin = i > 0 && steps[i - 1].Op == step.Op;
            if (isTwin) fields.Refuse(place, $"{step.Op} is given twice in a row");
            else if (i > 0 && Rank(steps[i - 1]) > Rank(step)) fields.Refuse(place, $"{step.Op} comes before {steps[i - 1].Op}");
            if (step is CalibrateStep && output.Type != FieldType.Number) fields.Refuse(place, $"calibrate gives a number with a fraction, but the type is {Plain.Word(output.Type)}");
            if (step is SigmoidStep or SoftmaxStep && output.Type != FieldType.Number && !hasArgmax)
                fields.Refuse(place, $"{step.Op} gives a number with a fraction, but the type is {Plain.Word(output.Type)}; argmax would make it a class number");
        }
    }

    private static int Rank(PostprocessingStep step) => step switch
    {
        ArgmaxStep => 1,
        CalibrateStep => 2,
        _ => 0,
    };

    private static PostprocessingStep? ReadStep(JsonElement element, string path, List<Problem> problems)
    {
        var fields = new JsonFields(element, path, problems);
        var op = fields.RequiredText("op");
        PostprocessingStep? step = op switch
        {
            "sigmoid" => new SigmoidStep(),
            "softmax" => new SoftmaxStep(),
            "argmax" => new ArgmaxStep(),
            "calibrate" => ReadCalibrate(fields),
            _ => null,
        };
        if (step is not null) fields.RefuseOthers();
        else if (!string.IsNullOrWhiteSpace(op)) fields.Refuse("op", $"{Plain.Short(op)} is not known; known are sigmoid, softmax, argmax, calibrate");
        return step;
    }

    private static CalibrateStep ReadCalibrate(JsonFields fields)
    {
        var step = new CalibrateStep(fields.Numbers("from", required: true), fields.Numbers("to", required: true));
        if (fields.Has("from") && step.From.Count < 2) fields.Refuse("from", "must hold at least two numbers");
        if (fields.Has("to") && fields.Has("from") && step.To.Count != step.From.Count)
            fields.Refuse("to", $"must hold as many numbers as from ({step.To.Count} instead of {step.From.Count})");
        for (var i = 1; i < step.From.Count; i++)
        {
            if (step.From[i] <= step.From[i - 1])
                fields.Refuse($"from/{i}", $"must be above the number before it ({Plain.Number(step.From[i])} is not above {Plain.Number(step.From[i - 1])})");
        }

        return step;
    }
}
