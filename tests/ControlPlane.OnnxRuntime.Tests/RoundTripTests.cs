namespace ControlPlane.OnnxRuntime.Tests;

public class RoundTripTests
{
    [Fact]
    public void Run_bool_keeps_every_value() => AssertKept("bool", true, false, false, true);

    [Fact]
    public void Run_uint8_keeps_every_value() => AssertKept<byte>("uint8", 0, 1, 128, 255);

    [Fact]
    public void Run_uint16_keeps_every_value() => AssertKept<ushort>("uint16", 0, 1, 256, ushort.MaxValue);

    [Fact]
    public void Run_uint32_keeps_every_value() => AssertKept<uint>("uint32", 0, 1, 70_000, uint.MaxValue);

    [Fact]
    public void Run_uint64_keeps_every_value() => AssertKept<ulong>("uint64", 0, 1, ulong.MaxValue - 1, ulong.MaxValue);

    [Fact]
    public void Run_int8_keeps_every_value() => AssertKept<sbyte>("int8", 0, -1, sbyte.MinValue, sbyte.MaxValue);

    [Fact]
    public void Run_int16_keeps_every_value() => AssertKept<short>("int16", 0, -1, short.MinValue, short.MaxValue);

    [Fact]
    public void Run_int32_keeps_every_value() => AssertKept("int32", 0, -1, int.MinValue, int.MaxValue);

    [Fact]
    public void Run_int64_keeps_every_value() => AssertKept("int64", 0, -1, long.MinValue, long.MaxValue);

    [Fact]
    public void Run_float16_keeps_every_value() => AssertKept("float16", (Half)0.5f, Half.MaxValue, Half.NaN, Half.NegativeInfinity);

    [Fact]
    public void Run_float32_keeps_every_value() => AssertKept("float32", 0.1f, float.MaxValue, float.NaN, float.Epsilon);

    [Fact]
    public void Run_float64_keeps_every_value() => AssertKept("float64", 0.1, double.MaxValue, double.NaN, double.NegativeInfinity);

    [Fact]
    public void Run_strings_keeps_empty_ones_accents_emoji_and_line_ends()
    {
        string[] texts = ["", "naïve", "🌸👩‍👩‍👧", "a\r\nb\t", new string('x', 100_000), " "];
        var result = (StringTensor)Identity("string", new StringTensor(texts, 6));

        Assert.Equal([6], result.Shape);
        Assert.Equal(texts, result.Values);
    }

    [Fact]
    public void Run_only_empty_strings_keeps_them()
    {
        var result = (StringTensor)Identity("string", new StringTensor(["", ""], 2));
        Assert.Equal(["", ""], result.Values);
    }

    [Fact]
    public void Run_tensor_without_rows_gives_one_without_rows()
    {
        var numbers = Identity("float32", new Tensor<float>(Array.Empty<float>(), 0));
        var texts = Identity("string", new StringTensor([], 0));

        Assert.Equal([0], numbers.Shape);
        Assert.Equal([0], texts.Shape);
    }

    [Fact]
    public void Run_reads_a_slice_of_a_larger_array()
    {
        float[] pool = [9, 1, 2, 3, 4, 9];
        var result = (Tensor<float>)Identity("float32", new Tensor<float>(pool.AsMemory(1, 4), 4));
        Assert.Equal([1f, 2f, 3f, 4f], result.Span.ToArray());
    }

    private static Tensor Identity(string type, Tensor tensor)
    {
        using var session = Sample.Load("identity_" + type);
        Assert.Equal(tensor.ElementType, session.Inputs[0].Type);
        return session.RunOne("x", tensor, "y");
    }

    private static void AssertKept<T>(string type, params T[] values) where T : unmanaged
    {
        var given = new Tensor<T>(values, 4);
        var result = Assert.IsType<Tensor<T>>(Identity(type, given));

        Assert.Equal(given.ElementType, result.ElementType);
        Assert.Equal([4], result.Shape);
        Assert.Equal(values, result.Span.ToArray());
        Assert.NotSame(given, result);
    }
}
