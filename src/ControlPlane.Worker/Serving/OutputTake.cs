using System.Buffers;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Takes one output's values out of its tensor: postprocessed, labelled, and held to the contract.</summary>
internal static class OutputTake
{
    public static void Run(ServingPlan plan, int place, Tensor tensor, PredictionBatch batch, int from, int count)
    {
        var output = plan.Outputs[place];
        if (output.IsRaw)
        {
            if (!plan.AllowsNotFinite && TensorNumbers.HoldNotFinite(tensor)) throw AnswerFault.NotFinite(output.Field.Name);
            batch.RawOutputs[place] = tensor;
            return;
        }

        if (count == 0) return;
        var width = WidthOf(output, tensor, count);
        if (output.Field.Explanation is { } form) ExplanationTake.Run(output, form, tensor, width, batch.OutputTexts[place].AsSpan(from, count));
        else if (tensor is StringTensor texts) TakeTexts(output, texts.Values, width, batch.OutputTexts[place].AsSpan(from, count));
        else if (output.IsText) TakeLabels(output, tensor, width, batch.OutputTexts[place].AsSpan(from, count));
        else TakeNumbers(output, tensor, width, batch.OutputNumbers[place].AsSpan(from, count));
    }

    /// <summary>Values per row; refuses a tensor that does not hold what the contract takes from it.</summary>
    private static int WidthOf(OutputPlan output, Tensor tensor, int count)
    {
        var field = output.Field;
        var width = tensor.Length / count;
        var takesOne = field.Explanation is null && !output.Postprocessing.IsArgmax;
        if (tensor.Length % count != 0 || width == 0 || (takesOne && (field.Index is { } index ? index >= width : width != 1)))
            throw AnswerFault.Shape(field.Name, $"the model answered {field.Tensor} as [{string.Join(", ", tensor.Shape)}] for {count} rows");
        if (output.LabelsColumns) CheckColumns(field, tensor, width);
        return width;
    }

    private static void CheckColumns(OutputField field, Tensor tensor, int width)
    {
        if (width != field.Labels!.Count)
            throw AnswerFault.Shape(field.Name, $"the model answered {width} columns of {field.Tensor}, where the contract has {field.Labels.Count} labels");
        if (tensor is MapSequence { Keys: StringTensor keys } && !field.Labels.SequenceEqual(keys.Values, StringComparer.Ordinal))
            throw AnswerFault.Shape(field.Name, $"the model's classes are {string.Join(", ", keys.Values)}, where the contract's labels say {string.Join(", ", field.Labels)}");
    }

    private static void TakeTexts(OutputPlan output, string[] values, int width, Span<string> into)
    {
        var index = output.Field.Index ?? 0;
        for (var row = 0; row < into.Length; row++)
        {
            into[row] = values[row * width + index];
            if (output.Labels?.Contains(into[row]) == false)
                throw new PredictionException(ErrorKind.OutOfRange, $"{output.Field.Name}: the model answered {Shorten(into[row])}, which is none of the contract's labels");
        }
    }

    private static void TakeLabels(OutputPlan output, Tensor tensor, int width, Span<string> into)
    {
        var pooled = ArrayPool<double>.Shared.Rent(into.Length);
        try
        {
            var classes = pooled.AsSpan(0, into.Length);
            Choose(output, tensor, width, classes);
            var labels = output.Field.Labels!;
            for (var row = 0; row < into.Length; row++)
            {
                var number = classes[row];
                if (!double.IsFinite(number)) throw AnswerFault.NotFinite(output.Field.Name);
                if (!(number >= 0 && number < labels.Count && double.IsInteger(number))) throw AnswerFault.OutOfRange(output.Field.Name, number, $"is the number of none of the {labels.Count} labels");
                into[row] = labels[(int)number];
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(pooled);
        }
    }

    private static void TakeNumbers(OutputPlan output, Tensor tensor, int width, Span<double> into)
    {
        Choose(output, tensor, width, into);
        foreach (ref var value in into) Check(output.Field, ref value);
    }

    /// <summary>One value of each row, after the postprocessing.</summary>
    private static void Choose(OutputPlan output, Tensor tensor, int width, Span<double> into)
    {
        if (!output.Postprocessing.NeedsRows)
        {
            TensorNumbers.Copy(tensor, into, width, output.Field.Index ?? 0);
            output.Postprocessing.Run(into);
            return;
        }

        var pooled = ArrayPool<double>.Shared.Rent(tensor.Length);
        try
        {
            var rows = pooled.AsSpan(0, tensor.Length);
            TensorNumbers.Copy(tensor, rows);
            output.Postprocessing.Choose(rows, width, output.Field.Index ?? 0, into);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(pooled);
        }
    }

    private static void Check(OutputField field, ref double value)
    {
        switch (ResponseCheck.CheckNumber(field, ref value))
        {
            case null:
                return;
            case ResponseFault.NotFinite:
                throw AnswerFault.NotFinite(field.Name);
            case ResponseFault.OutOfRange:
                throw AnswerFault.OutOfRange(field.Name, value, "is outside the contract's range");
            case ResponseFault.NotWhole:
                throw AnswerFault.OutOfRange(field.Name, value, "is no whole number that can be told exactly");
        }
    }

    private static string Shorten(string value) => value.Length <= 60 ? value : value[..57] + "…";
}
