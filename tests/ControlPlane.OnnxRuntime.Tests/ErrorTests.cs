namespace ControlPlane.OnnxRuntime.Tests;

public class ErrorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Tensor<float> Floats(params float[] values) => new(values, values.Length);

    [Fact]
    public void Load_operator_unknown_names_it()
    {
        var failure = Assert.Throws<OrtException>(() => Sample.Load("unknown_op"));
        Assert.Equal(OrtErrorCode.InvalidGraph, failure.Code);
        Assert.Contains("Frobnicate", failure.Message);
    }

    [Fact]
    public void Load_truncated_or_empty_or_other_bytes_is_refused()
    {
        var whole = Sample.Bytes("iris");
        foreach (var bytes in new[] { whole[..(whole.Length / 2)], [], "<html></html>"u8.ToArray() })
        {
            var failure = Assert.Throws<OrtException>(() => InferenceSession.Load(bytes, SessionOptions.Default, Cancellation));
            Assert.NotEqual(OrtErrorCode.Ok, failure.Code);
            Assert.NotEmpty(failure.Message);
        }
    }

    [Fact]
    public void LoadFile_external_data_is_taken_from_the_folder_of_the_file()
    {
        using var session = InferenceSession.LoadFile(Sample.PathOf("external_data"), SessionOptions.Default, Cancellation);
        var sum = (Tensor<float>)session.RunOne("x", Floats(10, 20, 30), "y");
        Assert.Equal([11f, 22f, 33f], sum.Span.ToArray());
    }

    [Fact]
    public void Load_external_data_of_bytes_is_refused_even_when_the_current_folder_has_it()
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Path.GetDirectoryName(Sample.PathOf("external_data"))!;
        try
        {
            Assert.True(File.Exists("external_data.bin"));
            var failure = Assert.Throws<OrtException>(() => Sample.Load("external_data"));
            Assert.Contains("external_data.bin", failure.Message);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void LoadFile_absent_names_the_file()
    {
        var path = Sample.PathOf("absent");
        var failure = Assert.Throws<OrtException>(() => InferenceSession.LoadFile(path, SessionOptions.Default, Cancellation));
        Assert.Equal(OrtErrorCode.NoSuchFile, failure.Code);
        Assert.Contains(path, failure.Message);
    }

    [Fact]
    public void Run_names_that_the_model_does_not_have_are_refused()
    {
        using var session = Sample.Load("identity_float32");
        var input = Assert.Throws<OrtException>(() => session.RunOne("q", Floats(1), "y"));
        var output = Assert.Throws<OrtException>(() => session.RunOne("x", Floats(1), "q"));

        Assert.Equal("The model has no input named 'q'; it has: x.", input.Message);
        Assert.Equal("The model has no output named 'q'; it has: y.", output.Message);
    }

    [Fact]
    public void Run_input_missing_or_given_twice_is_refused()
    {
        using var session = Sample.Load("endless_loop");
        var missing = Assert.Throws<OrtException>(() => session.RunOne("x", Floats(1), "y"));
        var twice = Assert.Throws<OrtException>(() => session.Run([new("x", Floats(1)), new("x", Floats(1))], ["y"], Cancellation));

        Assert.Equal("Input 'go' is missing.", missing.Message);
        Assert.Equal("Input 'x' is given twice.", twice.Message);
    }

    [Fact]
    public void Run_input_of_another_type_or_shape_is_refused_in_the_words_of_the_library()
    {
        using var session = Sample.Load("iris");
        var type = Assert.Throws<OrtException>(() => session.RunOne("features", new Tensor<double>(new double[4], 1, 4), "label"));
        var shape = Assert.Throws<OrtException>(() => session.RunOne("features", new Tensor<float>(new float[5], 1, 5), "label"));

        Assert.Equal(OrtErrorCode.InvalidArgument, type.Code);
        Assert.Contains("tensor(double)", type.Message);
        Assert.Equal(OrtErrorCode.InvalidArgument, shape.Code);
        Assert.Contains("index: 1 Got: 5 Expected: 4", shape.Message);
    }

    [Fact]
    public void Run_output_of_a_kind_that_is_not_supported_is_named_and_the_others_still_run()
    {
        using var session = Sample.Load("sequence_output");
        var failure = Assert.Throws<OrtException>(() => session.RunOne("x", Floats(1, 2), "y"));

        Assert.Equal(OrtErrorCode.NotImplemented, failure.Code);
        Assert.Equal("Output 'y' is of kind Sequence, which cannot be passed here.", failure.Message);
        Assert.Equal([1f, 2f], ((Tensor<float>)session.RunOne("x", Floats(1, 2), "z")).Span.ToArray());
    }

    [Fact]
    public void Run_element_type_without_a_managed_form_is_refused()
    {
        using var session = Sample.Load("identity_bfloat16");
        var failure = Assert.Throws<OrtException>(() => session.RunOne("x", new Tensor<ushort>(new ushort[1], 1), "y"));
        Assert.Equal("Input 'x' is a tensor of BFloat16, which cannot be passed here.", failure.Message);
    }

    [Fact]
    public void StringTensor_text_without_a_faithful_form_is_refused()
    {
        using var session = Sample.Load("identity_string");
        foreach (var text in new[] { "a\0b", "\ud83c", null! })
            Assert.Throws<ArgumentException>(() => session.RunOne("x", new StringTensor(["fine", text], 2), "y"));
    }

    [Fact]
    public void Tensor_shape_that_does_not_fit_the_data_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Tensor<float>(new float[3], 2, 2));
        Assert.Throws<ArgumentException>(() => new Tensor<float>(new float[3], -1, -3));
        Assert.Throws<ArgumentException>(() => Tensor.Create(ElementType.Float32, long.MaxValue, long.MaxValue, long.MaxValue));
        Assert.Throws<ArgumentException>(() => Tensor.Create(ElementType.BFloat16, 1));
        Assert.Throws<NotSupportedException>(() => new Tensor<char>(new char[1], 1));
        Assert.Equal(0, Tensor.Create(ElementType.Float32, long.MaxValue, 0, long.MaxValue).Length);
    }

    [Fact]
    public void Log_of_the_library_is_read_from_the_environment()
    {
        using var session = Sample.Load("identity_float32");
        Assert.Throws<OrtException>(() => session.Run([new("x", Floats(1, 2))], [new NamedTensor("y", Floats(1, 2, 3))], Cancellation));
        var messages = new List<OrtLogMessage>();
        while (OrtEnvironment.Log.TryRead(out var message))
            messages.Add(message);
        Assert.Contains(messages, message => message.Severity == OrtLogSeverity.Error && message.Text.Contains("running Identity node"));
    }

    [Fact]
    public void SessionOptions_without_a_thread_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InferenceSession.Load(Sample.Bytes("iris"), new SessionOptions(IntraOpThreads: 0), Cancellation));
}
