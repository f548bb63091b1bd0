namespace ControlPlane.OnnxRuntime.Tests;

public class SignatureTests
{
    [Fact]
    public void Inputs_have_names_types_shapes_and_named_axes()
    {
        using var session = Sample.Load("iris");
        var features = Assert.Single(session.Inputs);

        Assert.Equal("features", features.Name);
        Assert.Equal(ElementType.Float32, features.Type);
        Assert.Equal([-1, 4], features.Shape);
        Assert.Equal(["rows", null], features.DimensionNames);
        Assert.Equal(ValueKind.Tensor, features.Kind);
        Assert.True(features.IsRunnable);
        Assert.Equal(["label", "probabilities"], session.Outputs.Select(output => output.Name));
        Assert.Equal([-1, 3], session.Outputs[1].Shape);
    }

    [Fact]
    public void Outputs_of_zipmap_are_a_map_sequence_with_its_key_type()
    {
        using var texts = Sample.Load("iris_zipmap_string");
        using var numbers = Sample.Load("iris_zipmap_int64");

        Assert.Equal(ValueKind.MapSequence, texts.Outputs[1].Kind);
        Assert.Equal(ElementType.String, texts.Outputs[1].KeyType);
        Assert.Equal(ElementType.Float32, texts.Outputs[1].Type);
        Assert.Equal([-1, -1], texts.Outputs[1].Shape);
        Assert.Equal(ElementType.Int64, numbers.Outputs[1].KeyType);
    }

    [Fact]
    public void Outputs_of_other_kinds_are_not_runnable()
    {
        using var sequence = Sample.Load("sequence_output");
        Assert.Equal([ValueKind.Sequence, ValueKind.Tensor], sequence.Outputs.Select(output => output.Kind));
        Assert.Equal([false, true], sequence.Outputs.Select(output => output.IsRunnable));
    }

    [Fact]
    public void Metadata_is_what_the_file_says()
    {
        using var session = Sample.Load("iris");
        var metadata = session.Metadata;

        Assert.Equal("make_models", metadata.Producer);
        Assert.Equal("iris", metadata.GraphName);
        Assert.Equal("three kinds of iris", metadata.GraphDescription);
        Assert.Equal("org.example", metadata.Domain);
        Assert.Equal("logistic regression on iris", metadata.Description);
        Assert.Equal(7, metadata.Version);
        Assert.Equal("iris", metadata.Custom["trained_on"]);
        Assert.Equal("150 🌸", metadata.Custom["größe"]);
        Assert.Equal(2, metadata.Custom.Count);
    }

    [Fact]
    public void Metadata_absent_is_empty()
    {
        using var session = Sample.Load("widen");
        Assert.Equal("", session.Metadata.Description);
        Assert.Empty(session.Metadata.Custom);
    }

    [Fact]
    public void Environment_tells_the_version_of_the_library()
    {
        Assert.Equal("1.30.0", OrtEnvironment.Version);
        Assert.Contains("ORT Build Info", OrtEnvironment.BuildInfo);
    }
}
