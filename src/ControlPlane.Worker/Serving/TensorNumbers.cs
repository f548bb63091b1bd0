using System.Numerics;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Reads tensors of any type of numbers as doubles.</summary>
internal static class TensorNumbers
{
    /// <summary>The values at index, index + width, index + 2·width, …, until <paramref name="into"/> is full. Width 1 and index 0 copy all.</summary>
    public static void Copy(Tensor tensor, Span<double> into, int width = 1, int index = 0)
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

    public static bool HoldNotFinite(Tensor tensor) => tensor switch
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

    private static void Copy<T>(ReadOnlySpan<T> values, Span<double> into, int width, int index) where T : unmanaged, INumberBase<T>
    {
        for (var row = 0; row < into.Length; row++) into[row] = double.CreateTruncating(values[row * width + index]);
    }
}
