using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

/// <summary>From a real model's tensors to the answered values. The model answers its own inputs, so that each test chooses what the model says.</summary>
public sealed class PostprocessingTests
{
    private const string Animals = "\"labels\": [\"cat\", \"dog\", \"fish\"]";
    private const string Softmax = "\"postprocessing\": [{\"op\": \"softmax\"}]";
    private const string Argmax = "\"postprocessing\": [{\"op\": \"argmax\"}]";

    [Theory]
    [InlineData(EnginePlace.OwnProcess)]
    [InlineData(EnginePlace.Child)]
    public async Task Multiclass_logits_become_probabilities_and_a_label(EnginePlace place)
    {
        await using var host = await Start(place: place, outputs: $$"""
            {"name": "animal", "tensor": "logits", "type": "category", {{Animals}}, {{Argmax}}},
            {"name": "dog", "tensor": "logits", "index": 1, "type": "number", "min": 0, "max": 1, {{Animals}}, {{Softmax}}},
            {"name": "place", "tensor": "logits", "type": "integer", "postprocessing": [{"op": "softmax"}, {"op": "argmax"}]},
            {"name": "why", "tensor": "codes", "type": "explanation", "explanation": {"kind": "reason_codes", "top": 1} }
            """);

        // Five rows over runs of two.
        var (status, body) = await WireForms.Rows(host, """
            {"a": 1, "b": 2, "c": 3}, {"a": 1000, "b": 1000, "c": -1000}, {"a": 0, "b": 0, "c": 0}, {"a": -5, "b": -4, "c": -6}, {"a": 2, "b": 12, "c": 13}
            """);

        Assert.Equal(200, status);
        Assert.Equal(["fish", "cat", "cat", "dog", "fish"], WireForms.Field(body, "animal"));
        Assert.Equal(["2", "0", "0", "1", "2"], WireForms.Field(body, "place"));
        Assert.Equal(["""["R-one"]""", "[]", "[]", "[]", """["R-two"]"""], WireForms.Field(body, "why"));
        // softmax in double over values that single precision holds exactly; each expected value by scipy.special.softmax.
        double[] expected = [0.24472847105479767, 0.5, 1 / 3.0, 0.6652409557748219, 0.2689381376564082];
        Assert.All(WireForms.Numbers(body, "dog").Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public async Task A_single_logit_becomes_a_calibrated_probability_in_both_forms()
    {
        await using var host = await Start("""
            {"name": "raw", "tensor": "logit", "type": "number"},
            {"name": "p", "tensor": "logit", "type": "number", "min": 0, "max": 1, "postprocessing": [{"op": "sigmoid"}]},
            {"name": "calibrated", "tensor": "logit", "type": "number", "min": 0, "max": 1, "postprocessing": [{"op": "sigmoid"}, {"op": "calibrate", "from": [0.25, 0.5, 1], "to": [0.1, 0.2, 1]}]}
            """);

        var rows = await WireForms.Rows(host, """{"a": 0}, {"a": -1.5}, {"a": 1.5}, {"a": -50}""");
        var columns = await WireForms.Columns(host, [0, -1.5, 1.5, -50]);

        Assert.Equal((200, 200), (rows.Status, columns.Status));
        double[] expit = [0.5, 0.18242552380635635, 0.8175744761936437, 1.9287498479639178e-22];
        Assert.All(WireForms.Numbers(rows.Body, "p").Zip(expit), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        double[] calibrated = [0.2, 0.1, 0.2 + (0.8175744761936437 - 0.5) * 1.6, 0.1];
        Assert.All(WireForms.Numbers(rows.Body, "calibrated").Zip(calibrated), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        // What was computed here is answered in double precision, what passed through in the model's own.
        Assert.Equal("FP64", WireForms.Tensor(columns.Body, "p").GetProperty("datatype").GetString());
        Assert.Equal("FP32", WireForms.Tensor(columns.Body, "raw").GetProperty("datatype").GetString());
        Assert.All((string[])["p", "calibrated", "raw"], name => Assert.Equal(WireForms.Field(rows.Body, name), WireForms.Texts(columns.Body, name)));
    }

    [Fact]
    public async Task Class_numbers_and_texts_become_labels()
    {
        await using var host = await Start($$"""
            {"name": "animal", "tensor": "number", "type": "category", {{Animals}}},
            {"name": "second", "tensor": "numbers", "index": 1, "type": "category", {{Animals}}},
            {"name": "word", "tensor": "word", "type": "category", "labels": ["R-one", "R-two"]},
            {"name": "free", "tensor": "word", "type": "text"}
            """);

        var rows = await WireForms.Rows(host, """{"a": 2, "b": 0, "c": 9}, {"a": 1, "b": 1, "c": 9}""");

        Assert.Equal(200, rows.Status);
        Assert.Equal(["fish", "dog"], WireForms.Field(rows.Body, "animal"));
        Assert.Equal(["cat", "dog"], WireForms.Field(rows.Body, "second"));
        Assert.Equal(["R-two", "R-one"], WireForms.Field(rows.Body, "word"));
        Assert.Equal(["R-two", "R-one"], WireForms.Field(rows.Body, "free"));
    }

    [Theory]
    [InlineData("\"type\": \"category\", \"tensor\": \"number\", " + Animals, "{\"a\": 3}", ErrorKind.OutOfRange, "y: the model answered 3, which is the number of none of the 3 labels")]
    [InlineData("\"type\": \"category\", \"tensor\": \"number\", " + Animals, "{\"a\": -1}", ErrorKind.OutOfRange, "y: the model answered -1, which is the number of none of the 3 labels")]
    [InlineData("\"type\": \"category\", \"tensor\": \"word\", \"labels\": [\"R-one\"]", "{\"a\": 2}", ErrorKind.OutOfRange, "y: the model answered R-two, which is none of the contract's labels")]
    [InlineData("\"type\": \"category\", \"tensor\": \"logits\", " + Animals + ", " + Argmax, "{\"b\": 2}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("\"type\": \"integer\", \"tensor\": \"logits\", " + Argmax, "{\"b\": 2}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("\"type\": \"number\", \"tensor\": \"logits\", \"index\": 0, " + Softmax, "{\"a\": 0, \"b\": 1}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("\"type\": \"number\", \"tensor\": \"logit\", \"postprocessing\": [{\"op\": \"sigmoid\"}]", "{}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("\"type\": \"number\", \"tensor\": \"logit\", \"postprocessing\": [{\"op\": \"calibrate\", \"from\": [0, 1], \"to\": [0, 1]}]", "{}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("\"type\": \"number\", \"tensor\": \"logit\", \"max\": 1, \"postprocessing\": [{\"op\": \"calibrate\", \"from\": [1, 3], \"to\": [0, 2]}]", "{\"a\": 2.5}", ErrorKind.OutOfRange,
        "y: the model answered 1.5, which is outside the contract's range")]
    [InlineData("\"type\": \"number\", \"tensor\": \"logit\", \"max\": 1", "{\"a\": 7}", ErrorKind.OutOfRange, "y: the model answered 7, which is outside the contract's range")]
    [InlineData("\"type\": \"integer\", \"tensor\": \"logit\"", "{\"a\": 2.5}", ErrorKind.OutOfRange, "y: the model answered 2.5, which is no whole number that can be told exactly")]
    [InlineData("\"type\": \"integer\", \"tensor\": \"number\"", "{\"a\": 1e17}", ErrorKind.OutOfRange, "which is no whole number that can be told exactly")]
    public async Task A_wrong_answer_in_one_row_is_counted_and_nothing_is_sent(string output, string row, ErrorKind kind, string sentence)
    {
        await using var host = await Start($$"""{"name": "y", {{output}}}""");

        var (status, body) = await WireForms.Rows(host, $$"""{"a": 1, "b": 0, "c": 0}, {"a": 1, "b": 0, "c": 0}, {{row}}""");

        Assert.Equal(500, status);
        Assert.Contains(sentence, body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(body.TryGetProperty("predictions", out _));
        Assert.Equal((kind, 0), (Assert.Single(host.Sink.Requests).Error, host.Sink.Requests.Single().Rows));
    }

    [Fact]
    public async Task Map_columns_are_named_by_labels_and_held_to_them()
    {
        const string contract = """
            {"inputs": [{"name": "x", "type": "number"}], "outputs": [
              {"name": "yes", "tensor": "probability", "index": 1, "type": "number", "min": 0, "max": 1, "labels": ["no", "yes"]},
              {"name": "answer", "tensor": "probability", "type": "category", "labels": ["no", "yes"], "postprocessing": [{"op": "argmax"}]},
              {"name": "label", "tensor": "label", "type": "category", "labels": ["no", "yes"]}]}
            """;
        await using var host = await ServingHost.Start(
            await ServingHost.Load("m", 1, contract, "zipmap"), await ServingHost.Load("m", 2, contract.Replace("[\"no\", \"yes\"]", "[\"yes\", \"no\"]", StringComparison.Ordinal), "zipmap"));

        var (status, body) = await WireForms.Rows(host, """{"x": 1}, {"x": -1}""");
        var swapped = await host.PostJson("/v2/models/m/versions/2/infer", """{"inputs": [{"name": "x", "datatype": "FP64", "shape": [1], "data": [1]}]}""");

        Assert.Equal(200, status);
        Assert.Equal(1 / (1 + Math.Exp(-2)), WireForms.Numbers(body, "yes")[0], 1e-6);
        Assert.Equal(["yes", "no"], WireForms.Field(body, "answer"));
        Assert.Equal(["yes", "no"], WireForms.Field(body, "label"));
        Assert.Equal(500, swapped.Status);
        Assert.Equal("yes: the model's classes are no, yes, where the contract's labels say yes, no", swapped.Body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("\"tensor\": \"logits\", \"type\": \"category\", \"labels\": [\"a\", \"b\"], " + Argmax, "outputs/0/labels: name 2 columns, but the model's output is logits (FP32 [-1, 3])")]
    [InlineData("\"tensor\": \"logits\", \"index\": 0, \"type\": \"number\", \"labels\": [\"a\", \"b\"]", "outputs/0/labels: name 2 columns, but the model's output is logits (FP32 [-1, 3])")]
    [InlineData("\"tensor\": \"logits\", \"index\": 0, \"type\": \"category\", " + Animals, "outputs/0/labels: need a class number, but the model's output is logits (FP32 [-1, 3]); choose one with argmax")]
    [InlineData("\"tensor\": \"word\", \"type\": \"category\", " + Animals + ", " + Argmax, "outputs/0/postprocessing: is for numbers, but the model's output is word (BYTES [-1, 1])")]
    [InlineData("\"tensor\": \"logit\", \"type\": \"number\", " + Softmax, "outputs/0/postprocessing: compares columns, but the model's output is logit (FP32 [-1, 1]); a single logit takes sigmoid")]
    [InlineData("\"tensor\": \"logits\", \"type\": \"number\", " + Softmax, "outputs/0/index: must say which of the 3 columns of logits (FP32 [-1, 3])")]
    [InlineData("\"tensor\": \"number\", \"type\": \"category\"", "outputs/0/type: is category, but the model's output is number (INT64 [-1, 1])")]
    [InlineData("\"tensor\": \"logits\", \"type\": \"tensor\", \"datatype\": \"FP32\", \"shape\": [-1, 3], \"labels\": [\"a\", \"b\"]", "outputs/0/labels: name 2 columns, but the model's output is logits (FP32 [-1, 3])")]
    [InlineData("\"tensor\": \"attributions\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"attributions\", \"features\": [\"a\", \"b\"]}",
        "outputs/0/explanation/features: name 2 columns, but the model's output is attributions (FP32 [-1, 3])")]
    [InlineData("\"tensor\": \"codes\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"attributions\", \"features\": [\"a\", \"b\", \"c\"]}",
        "outputs/0/explanation/kind: is attributions, which are numbers, but the model's output is codes (BYTES [-1, 3])")]
    [InlineData("\"tensor\": \"numbers\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"reason_codes\"}", "outputs/0/explanation/codes: must say what the numbers of numbers (INT64 [-1, 3]) stand for")]
    [InlineData("\"tensor\": \"codes\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"reason_codes\", \"codes\": [\"R\"]}",
        "outputs/0/explanation/codes: are counted through by whole numbers, but the model's output is codes (BYTES [-1, 3])")]
    public async Task Load_outputs_that_do_not_fit_the_model_say_where(string output, string problem)
    {
        var error = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, TestContracts.Columns($$"""{"name": "y", {{output}}}"""), "columns"));

        Assert.Contains(problem, error.Problems.Select(found => found.ToString()));
    }

    private static async Task<ServingHost> Start(string outputs, EnginePlace place = EnginePlace.OwnProcess) =>
        await ServingHost.Start(await ServingHost.Load("m", 1, TestContracts.Columns(outputs), "columns", place));
}
