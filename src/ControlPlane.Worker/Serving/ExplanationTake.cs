using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Writes each row's explanation as the JSON that both forms of the answer carry.</summary>
internal static class ExplanationTake
{
    // Feature names and codes go out as they are, as every other text of an answer does.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Run(OutputPlan output, ExplanationForm form, Tensor tensor, int width, Span<string> into)
    {
        if (form.Kind == ExplanationKind.Attributions && width != form.Features!.Count)
            throw AnswerFault.Shape(output.Field.Name, $"the model answered {width} columns of {output.Field.Tensor}, where the contract names {form.Features.Count} features");
        var pooled = ArrayPool<double>.Shared.Rent(tensor is StringTensor ? 0 : tensor.Length);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        try
        {
            if (tensor is not StringTensor) TensorNumbers.Copy(tensor, pooled.AsSpan(0, tensor.Length));
            for (var row = 0; row < into.Length; row++)
            {
                json.WriteStartArray();
                if (tensor is StringTensor texts) WriteCodes(json, form, texts.Values.AsSpan(row * width, width));
                else if (form.Kind == ExplanationKind.ReasonCodes) WriteCodes(json, output.Field, form, pooled.AsSpan(row * width, width));
                else WriteAttributions(json, output, form, pooled.AsSpan(row * width, width));
                json.WriteEndArray();
                json.Flush();
                into[row] = Encoding.UTF8.GetString(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
                json.Reset();
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(pooled);
        }
    }

    private static void WriteAttributions(Utf8JsonWriter json, OutputPlan output, ExplanationForm form, ReadOnlySpan<double> attributions)
    {
        // Those that are not among the largest are checked too: a row with a NaN has no order.
        foreach (var attribution in attributions)
        {
            if (!double.IsFinite(attribution)) throw AnswerFault.NotFinite(output.Field.Name);
        }

        foreach (var place in AttributionOrder.Of(attributions, form.Top))
        {
            json.WriteStartObject();
            json.WriteString("feature"u8, form.Features![place]);
            if (output.IsSingle) json.WriteNumber("attribution"u8, (float)attributions[place]);
            else json.WriteNumber("attribution"u8, attributions[place]);
            json.WriteEndObject();
        }
    }

    /// <summary>Codes as the model wrote them. An empty one fills a row that has fewer than its neighbours, as a negative number does.</summary>
    private static void WriteCodes(Utf8JsonWriter json, ExplanationForm form, ReadOnlySpan<string> codes)
    {
        var left = form.Top ?? int.MaxValue;
        foreach (var code in codes)
        {
            if (code.Length == 0) continue;
            if (left-- == 0) return;
            json.WriteStringValue(code);
        }
    }

    private static void WriteCodes(Utf8JsonWriter json, OutputField field, ExplanationForm form, ReadOnlySpan<double> numbers)
    {
        var left = form.Top ?? int.MaxValue;
        foreach (var number in numbers)
        {
            if (number >= form.Codes!.Count) throw AnswerFault.OutOfRange(field.Name, number, $"is the number of none of the {form.Codes.Count} reason codes");
            if (number < 0 || left == 0) continue;
            left--;
            json.WriteStringValue(form.Codes[(int)number]);
        }
    }
}
