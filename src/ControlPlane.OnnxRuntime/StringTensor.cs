using System.Buffers;
using System.Text;

namespace ControlPlane.OnnxRuntime;

/// <summary>A tensor of strings, which the library holds as UTF-8. Text that UTF-8 cannot carry both ways is refused, never altered.</summary>
public sealed class StringTensor : Tensor
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The number of <paramref name="values"/> must be the product of <paramref name="shape"/>.</summary>
    public StringTensor(string[] values, params ReadOnlySpan<long> shape)
        : base(ElementType.String, shape, values.Length) => Values = values;

    public string[] Values { get; }

    internal override unsafe nint OpenAsTarget(ref MemoryHandle pin)
    {
        nint value;
        fixed (long* shape = Shape)
            OrtStatus.Check(OrtApi.CreateTensorAsOrtValue(OrtEnvironment.Allocator, shape, (nuint)Shape.Length, (int)ElementType, &value));
        return value;
    }

    internal override unsafe nint Open(ref MemoryHandle pin)
    {
        var value = OpenAsTarget(ref pin);
        try
        {
            Fill(value);
        }
        catch
        {
            OrtApi.ReleaseValue(value);
            throw;
        }
        return value;
    }

    internal override unsafe void CopyFrom(nint value)
    {
        nuint total;
        OrtStatus.Check(OrtApi.GetStringTensorDataLength(value, &total));
        var content = new byte[checked((int)total)];
        var offsets = new nuint[Length];
        fixed (byte* text = content)
        fixed (nuint* starts = offsets)
            OrtStatus.Check(OrtApi.GetStringTensorContent(value, text, total, starts, (nuint)Length));
        for (var i = 0; i < Length; i++)
        {
            var end = i + 1 < Length ? (int)offsets[i + 1] : content.Length;
            Values[i] = Decode(content.AsSpan((int)offsets[i]..end), i);
        }
    }

    // All texts in one buffer, each ended by a zero byte, as the library takes an array of C strings and copies them.
    private unsafe void Fill(nint value)
    {
        var starts = new int[Length];
        var content = Encode(starts);
        var addresses = new nint[Length];
        fixed (byte* text = content)
        fixed (nint* address = addresses)
        {
            for (var i = 0; i < starts.Length; i++)
                addresses[i] = (nint)(text + starts[i]);
            OrtStatus.Check(OrtApi.FillStringTensor(value, (byte**)address, (nuint)Length));
        }
    }

    private byte[] Encode(int[] starts)
    {
        var size = 0;
        for (var i = 0; i < Values.Length; i++)
        {
            if (Values[i] is null || Values[i].Contains('\0'))
                throw new ArgumentException($"Text {i} of the string tensor is {(Values[i] is null ? "null" : "not free of zero characters")}.");
            starts[i] = size;
            size = checked(size + CountBytes(i) + 1);
        }
        var content = new byte[size];
        for (var i = 0; i < Values.Length; i++)
            Utf8.GetBytes(Values[i], content.AsSpan(starts[i]));
        return content;
    }

    private int CountBytes(int index)
    {
        try
        {
            return Utf8.GetByteCount(Values[index]);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"Text {index} of the string tensor holds half a surrogate pair and has no UTF-8 form.");
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes, int index)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new OrtException(OrtErrorCode.Fail, $"Text {index} of the string tensor that the model gave is not valid UTF-8.");
        }
    }
}
