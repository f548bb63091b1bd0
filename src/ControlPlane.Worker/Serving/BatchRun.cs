using System.Numerics;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Engines;

namespace ControlPlane.Worker.Serving;

/// <summary>Prepared rows → engine → response check → decision.</summary>
internal static class BatchRun
{
    public static async ValueTask Execute(ServingPlan plan, IEngine engine, PredictionBatch batch, IStageWatch? watch, CancellationToken cancellation)
    {
        batch.Reserve(batch.Rows);
        var most = plan.IsRaw ? Math.Max(1, batch.Rows) : plan.RowsPerRun;
        for (var from = 0; from < batch.Rows || (from == 0 && plan.IsRaw); from += most)
        {
            var count = Math.Min(most, batch.Rows - from);
            var feeds = batch.Feed(from, count);
            watch?.Prepared(batch, feeds);
            var tensors = await engine.Run(feeds, plan.TensorNames, cancellation);
            watch?.Answered(plan.TensorNames, tensors);
            for (var i = 0; i < plan.Outputs.Length; i++) Take(plan, i, tensors[plan.Outputs[i].TensorPlace].Tensor, batch, from, count);
        }

        if (plan.Contract.Policy is not { } policy) return;
        var scores = batch.Scores;
        for (var row = 0; row < scores.Length; row++) batch.Decisions[row] = policy.Decide(scores[row]);
    }

    private static void Take(ServingPlan plan, int place, Tensor tensor, PredictionBatch batch, int from, int count)
    {
        var output = plan.Outputs[place];
        if (output.IsRaw)
        {
            if (!plan.AllowsNotFinite && HoldsNotFinite(tensor)) throw NotFinite(output.Field.Name);
            batch.RawOutputs[place] = tensor;
            return;
        }

        if (count == 0) return;
        var width = tensor.Length / count;
        var index = output.Field.Index ?? 0;
        if (tensor.Length % count != 0 || index >= width || (output.Field.Index is null && width != 1))
        {
            throw new PredictionException(
                ErrorKind.Engine, $"{output.Field.Name}: the model answered {output.Field.Tensor} as [{string.Join(", ", tensor.Shape)}] for {count} rows");
        }

        if (output.IsText)
        {
            var texts = ((StringTensor)tensor).Values;
            for (var row = 0; row < count; row++) batch.OutputTexts[place][from + row] = texts[row * width + index];
            return;
        }

        var numbers = batch.OutputNumbers[place].AsSpan(from, count);
        Copy(tensor, numbers, width, index);
        for (var row = 0; row < count; row++) Check(output.Field, ref numbers[row]);
    }

    private static void Check(OutputField field, ref double value)
    {
        switch (ResponseCheck.CheckNumber(field, ref value))
        {
            case null:
                return;
            case ResponseFault.NotFinite:
                throw NotFinite(field.Name);
            case ResponseFault.OutOfRange:
                throw new PredictionException(ErrorKind.OutOfRange, FormattableString.Invariant($"{field.Name}: the model answered {value}, which is outside the contract's range"));
        }
    }

    private static PredictionException NotFinite(string name) => new(ErrorKind.NotFinite, $"{name}: the model answered a number that is not finite");

    private static bool HoldsNotFinite(Tensor tensor) => tensor switch
    {
        Tensor<float> numbers => AnyNotFinite<float>(numbers.Span),
        Tensor<double> numbers => AnyNotFinite<double>(numbers.Span),
        Tensor<Half> numbers => AnyNotFinite<Half>(numbers.Span),
        _ => false,
    };

    private static bool AnyNotFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, INumberBase<T>
    {
        foreach (var value in values)
        {
            if (!T.IsFinite(value)) return true;
        }

        return false;
    }

    private static void Copy(Tensor tensor, Span<double> into, int width, int index)
    {
        switch (tensor)
        {
            case Tensor<float> numbers: Copy<float>(numbers.Span, into, width, index); break;
            case Tensor<double> numbers: Copy<double>(numbers.Span, into, width, index); break;
            case Tensor<Half> numbers: Copy<Half>(numbers.Span, into, width, index); break;
            case Tensor<long> numbers: Copy<long>(numbers.Span, into, width, index); break;
            case Tensor<int> numbers: Copy<int>(numbers.Span, into, width, index); break;
            case Tensor<short> numbers: Copy<short>(numbers.Span, into, width, index); break;
            case Tensor<sbyte> numbers: Copy<sbyte>(numbers.Span, into, width, index); break;
            case Tensor<ulong> numbers: Copy<ulong>(numbers.Span, into, width, index); break;
            case Tensor<uint> numbers: Copy<uint>(numbers.Span, into, width, index); break;
            case Tensor<ushort> numbers: Copy<ushort>(numbers.Span, into, width, index); break;
            case Tensor<byte> numbers: Copy<byte>(numbers.Span, into, width, index); break;
            case Tensor<bool> flags:
                for (var row = 0; row < into.Length; row++) into[row] = flags.Span[row * width + index] ? 1 : 0;
                break;
            default:
                throw new PredictionException(ErrorKind.Engine, $"the model answered a tensor of {tensor.ElementType}");
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> values, Span<double> into, int width, int index) where T : unmanaged, INumberBase<T>
    {
        for (var row = 0; row < into.Length; row++) into[row] = double.CreateTruncating(values[row * width + index]);
    }
}
