using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

public sealed class DecisionTests
{
    private const string Score = """{"name": "score", "tensor": "logit", "type": "number", "min": 0, "max": 1}""";

    private const string Policy = """
        , "policy": {"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.6, "decision": "review"}], "otherwise": "allow",
          "overrides": [
            {"segment": {"country": "US", "vip": true}, "bands": [{"at_least": 0.99, "decision": "review"}]},
            {"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}], "otherwise": "watch"}]}
        """;

    [Fact]
    public async Task Equal_scores_of_other_segments_get_other_decisions_in_both_forms()
    {
        await using var host = await Start();

        var rows = await WireForms.Rows(host, """
            {"a": 0.92, "country": "DE"}, {"a": 0.92, "country": "US"}, {"a": 0.92, "country": "US", "vip": true}, {"a": 0.92, "vip": true}, {"a": 0.96, "country": "US", "vip": false}
            """);
        var columns = await WireForms.Columns(host, [0.92, 0.92, 0.96], ["DE", "US", "US"]);

        Assert.Equal(["block", "watch", "allow", "block", "block"], WireForms.Field(rows.Body, "decision"));
        Assert.Equal(["block", "watch", "block"], WireForms.Texts(columns.Body, "decision"));
        Assert.Equal(["block", "watch", "allow", "block", "block"], host.Sink.Requests.First().Decisions);
    }

    [Fact]
    public async Task Segments_are_those_that_the_client_sent_and_not_what_imputing_makes()
    {
        var contract = TestContracts.Columns(Score, Policy).Replace("{\"op\": \"assemble\"", "{\"op\": \"impute\", \"feature\": \"country\", \"value\": \"US\"}, {\"op\": \"assemble\"", StringComparison.Ordinal);
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, contract, "columns"));

        var (status, body) = await WireForms.Rows(host, """{"a": 0.92}, {"a": 0.92, "country": null}, {"a": 0.92, "country": "US"}""");

        Assert.Equal(200, status);
        Assert.Equal(["block", "block", "watch"], WireForms.Field(body, "decision"));
    }

    [Fact]
    public async Task Attributions_come_largest_first_in_both_forms()
    {
        await using var host = await Start("""
            {"name": "why", "tensor": "attributions", "type": "explanation", "explanation": {"kind": "attributions", "features": ["amount", "größe", "tenure"], "top": 2}},
            {"name": "all", "tensor": "attributions", "type": "explanation", "explanation": {"kind": "attributions", "features": ["amount", "größe", "tenure"]}}
            """);

        var rows = await WireForms.Rows(host, """{"a": 0.1, "b": -0.7, "c": 0.3}, {"a": 0, "b": 0.25, "c": -0.25}""");
        var columns = await host.PostJson("/v2/models/m/infer", """
            {"inputs": [{"name": "a", "datatype": "FP64", "shape": [2], "data": [0.1, 0]}, {"name": "b", "datatype": "FP64", "shape": [2], "data": [-0.7, 0.25]},
             {"name": "c", "datatype": "FP64", "shape": [2], "data": [0.3, -0.25]}]}
            """);

        string[] why = ["""[{"feature":"größe","attribution":-0.7},{"feature":"tenure","attribution":0.3}]""", """[{"feature":"größe","attribution":0.25},{"feature":"tenure","attribution":-0.25}]"""];
        Assert.Equal(why, WireForms.Field(rows.Body, "why"));
        Assert.Equal(why, WireForms.Texts(columns.Body, "why"));
        Assert.Equal(("BYTES", "[2]"), (WireForms.Tensor(columns.Body, "why").GetProperty("datatype").GetString(), WireForms.Tensor(columns.Body, "why").GetProperty("shape").GetRawText()));
        Assert.Equal(3, rows.Body.GetProperty("predictions")[0].GetProperty("all").GetArrayLength());
    }

    [Fact]
    public async Task Reason_codes_come_from_texts_and_from_numbers()
    {
        await using var host = await Start("""
            {"name": "texts", "tensor": "codes", "type": "explanation", "explanation": {"kind": "reason_codes"}},
            {"name": "numbers", "tensor": "numbers", "type": "explanation", "explanation": {"kind": "reason_codes", "codes": ["Z", "O", "T", "D"], "top": 2}}
            """);

        var rows = await WireForms.Rows(host, """{"a": 3, "b": -1, "c": 1}, {"a": -1, "b": -1, "c": -1}, {"a": 1, "b": 2, "c": 3}""");

        Assert.Equal(["""["R-three","R-one"]""", "[]", """["R-one","R-two","R-three"]"""], WireForms.Field(rows.Body, "texts"));
        Assert.Equal(["""["D","O"]""", "[]", """["O","T"]"""], WireForms.Field(rows.Body, "numbers"));
    }

    [Theory]
    [InlineData("{\"name\": \"why\", \"tensor\": \"attributions\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"attributions\", \"features\": [\"x\", \"y\", \"z\"], \"top\": 1}}",
        "{\"a\": 5, \"b\": 1}", ErrorKind.NotFinite, "why: the model answered a number that is not finite")]
    [InlineData("{\"name\": \"why\", \"tensor\": \"numbers\", \"type\": \"explanation\", \"explanation\": {\"kind\": \"reason_codes\", \"codes\": [\"Z\", \"O\"], \"top\": 1}}",
        "{\"a\": 0, \"b\": 1, \"c\": 2}", ErrorKind.OutOfRange, "why: the model answered 2, which is the number of none of the 2 reason codes")]
    public async Task A_wrong_explanation_is_counted_and_never_sent(string output, string row, ErrorKind kind, string sentence)
    {
        await using var host = await Start(output);

        var (status, body) = await WireForms.Rows(host, row);

        Assert.Equal((500, sentence), (status, body.GetProperty("error").GetString()));
        Assert.Equal(kind, Assert.Single(host.Sink.Requests).Error);
    }

    private static async Task<ServingHost> Start(string? outputs = null) =>
        await ServingHost.Start(await ServingHost.Load("m", 1, outputs is null ? TestContracts.Columns(Score, Policy) : TestContracts.Columns(outputs), "columns"));
}
