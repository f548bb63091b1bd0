namespace ControlPlane.OnnxRuntime.Tests;

/// <summary>Runs that write into tensors of the caller.</summary>
public class IntoTensorsTests
{
    private const int Rounds = 2_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_writes_into_the_memory_of_the_caller()
    {
        using var session = Sample.Load("identity_float32");
        var target = new float[5];
        var (x, y) = (new Tensor<float>(new float[] { 1, 2, 3 }, 3), new Tensor<float>(target.AsMemory(1, 3), 3));
        session.Run([new("x", x)], [new NamedTensor("y", y)], Cancellation);
        Assert.Equal([0f, 1f, 2f, 3f, 0f], target);
    }

    [Fact]
    public void Run_writes_texts_into_the_array_of_the_caller()
    {
        using var session = Sample.Load("identity_string");
        var target = new string[2];
        session.Run([new("x", new StringTensor(["a", "ü"], 2))], [new NamedTensor("y", new StringTensor(target, 2))], Cancellation);
        Assert.Equal(["a", "ü"], target);
    }

    [Fact]
    public void Run_output_of_another_shape_or_type_is_refused()
    {
        using var session = Sample.Load("identity_float32");
        NamedTensor[] inputs = [new("x", new Tensor<float>(new float[3], 3))];
        foreach (var length in new[] { 2, 4 })
        {
            NamedTensor[] outputs = [new("y", new Tensor<float>(new float[length], length))];
            var shape = Assert.Throws<OrtException>(() => session.Run(inputs, outputs, Cancellation));
            Assert.Contains("shape", shape.Message, StringComparison.OrdinalIgnoreCase);
        }
        var type = Assert.Throws<OrtException>(() => session.Run(inputs, [new NamedTensor("y", new Tensor<double>(new double[3], 3))], Cancellation));
        Assert.Equal("Output 'y' is of Float32, the tensor given for it of Float64.", type.Message);
    }

    [Fact]
    public void Run_texts_of_another_length_are_refused()
    {
        using var session = Sample.Load("identity_string");
        foreach (var length in new[] { 1, 3 })
        {
            var target = Tensor.Create(ElementType.String, length);
            Assert.Throws<OrtException>(() => session.Run([new("x", new StringTensor(["a", "b"], 2))], [new NamedTensor("y", target)], Cancellation));
        }
    }

    [Fact]
    public void Run_into_tensors_allocates_nothing_after_the_first_calls()
    {
        using var session = Sample.Load("iris");
        using var cancel = new CancellationTokenSource();
        NamedTensor[] inputs = [new("features", new Tensor<float>(new float[4], 1, 4))];
        NamedTensor[] outputs = [new("probabilities", Tensor.Create(ElementType.Float32, 1, 3)), new("label", Tensor.Create(ElementType.Int64, 1))];
        Assert.True(BytesPerCall(() => session.Run(inputs, outputs, cancel.Token)) < 1);
    }

    [Fact]
    public void Bind_runs_over_the_changing_contents_and_allocates_nothing()
    {
        using var session = Sample.Load("identity_float32");
        using var cancel = new CancellationTokenSource();
        var (x, y) = (new Tensor<float>(new float[2], 2), new Tensor<float>(new float[2], 2));
        using var bound = session.Bind([new("x", x)], [new("y", y)]);
        for (var i = 0; i < 3; i++)
        {
            x.Span[0] = i;
            bound.Run(Cancellation);
            Assert.Equal(i, y.Span[0]);
        }
        Assert.True(BytesPerCall(() => bound.Run(cancel.Token)) < 1);
    }

    [Fact]
    public void Bind_texts_are_refused()
    {
        using var session = Sample.Load("identity_string");
        NamedTensor[] inputs = [new("x", new StringTensor(["a"], 1))];
        var failure = Assert.Throws<ArgumentException>(() => session.Bind(inputs, [new("y", Tensor.Create(ElementType.String, 1))]));
        Assert.Contains("'x'", failure.Message);
    }

    [Fact]
    public void Bind_used_after_a_dispose_is_refused()
    {
        var session = Sample.Load("identity_float32");
        var bound = session.Bind([new("x", new Tensor<float>(new float[1], 1))], [new("y", new Tensor<float>(new float[1], 1))]);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bound.Run(Cancellation));
        bound.Dispose();
        bound.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bound.Run(Cancellation));
    }

    private static double BytesPerCall(Action run)
    {
        for (var i = 0; i < Rounds; i++)
            run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            run();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
