using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>
/// Lists what an ONNX file is made of before any runtime sees it. Tensor data is skipped, never copied; depth, counts and names are bounded,
/// so that no file costs more than its own length in time and a fixed amount of memory.
/// </summary>
public static class OnnxGraphScan
{
    /// <summary>Operators of one model; more than a runtime loads in reasonable time.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>Graphs inside attributes inside graphs.</summary>
    public const int MaxDepth = 32;

    public static OnnxGraphReading Read(IByteSource source)
    {
        if (source.Length == 0) return Refused("is empty");
        try
        {
            var model = new ModelScan(new ProtobufReader(source));
            model.Read();
            return model.GraphCount switch
            {
                0 => Refused("is not an ONNX model: it holds no graph"),
                1 when model.IrVersion > 0 => new(model.ToGraph(), []),
                1 => Refused("is not an ONNX model: it does not say its IR version"),
                _ => Refused("is not an ONNX model: it holds more than one graph"),
            };
        }
        catch (OnnxFormatException error)
        {
            return Refused(error.Message);
        }
    }

    private static OnnxGraphReading Refused(string sentence) => new(null, [new Problem("artifact", sentence)]);
}
