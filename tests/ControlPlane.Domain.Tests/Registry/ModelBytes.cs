using ControlPlane.Domain.Registry;

namespace ControlPlane.Domain.Tests.Registry;

/// <summary>A test model in memory.</summary>
internal sealed class ModelBytes(byte[] bytes) : IByteSource
{
    public long BytesRead { get; private set; }

    public long Length => bytes.Length;

    public static byte[] Of(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", name + ".onnx"));

    public static OnnxGraphReading Scan(string name) => OnnxGraphScan.Read(new ModelBytes(Of(name)));

    public int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Min(destination.Length, bytes.Length - offset);
        bytes.AsSpan((int)offset, count).CopyTo(destination);
        BytesRead += count;
        return count;
    }
}
