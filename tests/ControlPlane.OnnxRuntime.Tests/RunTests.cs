using System.Text.Json;

namespace ControlPlane.OnnxRuntime.Tests;

public class RunTests
{
    private static readonly JsonElement Iris = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Sample.PathOf("iris"), "json"))).RootElement;

    private static float[] Features => [.. Iris.GetProperty("features").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(x => x.GetSingle())];

    private static double[] Probabilities =>
        [.. Iris.GetProperty("probabilities").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(x => x.GetDouble())];

    private static long[] Labels => [.. Iris.GetProperty("labels").EnumerateArray().Select(x => x.GetInt64())];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_logistic_regression_gives_the_scores_of_the_library_that_trained_it()
    {
        using var session = Sample.Load("iris");
        var outputs = session.Run([new("features", new Tensor<float>(Features, 6, 4))], ["probabilities", "label"], Cancellation);

        Assert.Equal(["probabilities", "label"], outputs.Select(output => output.Name));
        Assert.Equal([6, 3], outputs[0].Tensor.Shape);
        AssertClose(Probabilities, ((Tensor<float>)outputs[0].Tensor).Span);
        Assert.Equal(Labels, ((Tensor<long>)outputs[1].Tensor).Span.ToArray());
    }

    [Fact]
    public void Run_zipmap_with_texts_gives_a_matrix_and_its_keys()
    {
        using var session = Sample.Load("iris_zipmap_string");
        var maps = Assert.IsType<MapSequence>(session.RunOne("features", new Tensor<float>(Features, 6, 4), "probabilities"));

        Assert.Equal([6, 3], maps.Shape);
        Assert.Equal(["setosa", "versicolor", "virginica"], ((StringTensor)maps.Keys).Values);
        AssertClose(Probabilities, maps.Span);
    }

    [Fact]
    public void Run_zipmap_with_numbers_gives_a_matrix_and_its_keys()
    {
        using var session = Sample.Load("iris_zipmap_int64");
        var maps = Assert.IsType<MapSequence>(session.RunOne("features", new Tensor<float>(Features, 6, 4), "probabilities"));

        Assert.Equal([10L, 20L, 30L], ((Tensor<long>)maps.Keys).Span.ToArray());
        AssertClose(Probabilities, maps.Span);
    }

    [Fact]
    public void Run_zipmap_without_rows_gives_an_empty_matrix()
    {
        using var session = Sample.Load("iris_zipmap_string");
        var maps = Assert.IsType<MapSequence>(session.RunOne("features", new Tensor<float>(Array.Empty<float>(), 0, 4), "probabilities"));

        Assert.Equal([0, 0], maps.Shape);
        Assert.Equal(ElementType.String, maps.Keys.ElementType);
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }
}
