using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

/// <summary>Two majors of the answer side by side, in both wire forms.</summary>
public sealed class ResponseVersionTests
{
    private const string Bands = """
        "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.6, "decision": "manual"}], "otherwise": "allow"}
        """;

    private const string Old = """
        {"name": "score", "tensor": "logit", "type": "number", "min": 0, "max": 1}
        """;

    private const string New = """
        {"name": "risk", "tensor": "logit", "type": "number", "min": 0, "max": 1},
        {"name": "animal", "tensor": "numbers", "index": 0, "type": "category", "labels": ["cat", "dog"]}
        """;

    private const string Previous = """
        , "previous": {"version": "1.3", "fields": [{"name": "score", "from": "risk"}, {"name": "points", "from": "risk", "multiply": 1000, "add": 5},
          {"name": "decision", "from": "decision", "values": {"manual": "review"}}, {"name": "pet", "from": "animal", "values": {"dog": "hound"}}]}
        """;

    [Fact]
    public async Task Both_majors_are_answered_by_one_version_in_both_forms()
    {
        await using var host = await ServingHost.Start(await Load(2, Contract(New, "2.0", Previous)));

        var present = await WireForms.Rows(host, """{"a": 0.75}, {"a": 1}""");
        var past = await WireForms.Rows(host, """{"a": 0.75}, {"a": 1}""", "1");
        var pastColumns = await WireForms.Columns(host, [0.75, 1], responseVersion: "1.3");
        var presentColumns = await WireForms.Columns(host, [0.75, 1], responseVersion: "2");

        Assert.Equal("""{"risk":0.75,"animal":"cat","decision":"manual"}""", WithoutId(present.Body, 0));
        Assert.Equal("""{"score":0.75,"points":755,"decision":"review","pet":"cat"}""", WithoutId(past.Body, 0));
        Assert.Equal("""{"score":1,"points":1005,"decision":"block","pet":"hound"}""", WithoutId(past.Body, 1));
        Assert.Equal(("2.0", "1.3"), (Text(present.Body, "response_version"), Text(past.Body, "response_version")));
        Assert.Equal(["score", "points", "decision", "pet"], pastColumns.Body.GetProperty("outputs").EnumerateArray().Select(output => Text(output, "name")));
        Assert.Equal(["755", "1005"], WireForms.Texts(pastColumns.Body, "points"));
        Assert.Equal(["review", "block"], WireForms.Texts(pastColumns.Body, "decision"));
        Assert.Equal("1.3", Text(pastColumns.Body.GetProperty("parameters"), "response_version"));
        Assert.Equal(["manual", "block"], WireForms.Texts(presentColumns.Body, "decision"));
        Assert.Equal("2.0", Text(presentColumns.Body.GetProperty("parameters"), "response_version"));
    }

    [Theory]
    [InlineData("1", null, "1.3")]
    [InlineData("2.7", null, "2.0")]
    [InlineData("1", "2", "2.0")]
    [InlineData("9", "1", "1.3")]
    public async Task The_body_wins_over_the_header(string header, string? inBody, string answered)
    {
        await using var host = await ServingHost.Start(await Load(2, Contract(New, "2.0", Previous)));

        var rows = await Send(host, "/v1/models/m:predict", inBody is null ? """{"instances": [{"a": 0.5}]}""" : $$"""{"instances": [{"a": 0.5}], "response_version": "{{inBody}}"}""", header);
        var columns = await Send(host, "/v2/models/m/versions/2/infer", $$"""
            {{{(inBody is null ? "" : $"\"parameters\": {{\"response_version\": \"{inBody}\"}}, ")}} "inputs": [{"name": "a", "datatype": "FP32", "shape": [1, 1], "data": [0.5]}]}
            """, header);

        Assert.Equal(answered, Text(rows.Body, "response_version"));
        Assert.Equal(answered, Text(columns.Body.GetProperty("parameters"), "response_version"));
    }

    [Fact]
    public async Task A_major_that_is_not_served_is_refused_by_name_and_counted()
    {
        await using var host = await ServingHost.Start(await Load(2, Contract(New, "2.0", Previous)));

        var rows = await WireForms.Rows(host, """{"a": 0.5}""", "3");
        var columns = await WireForms.Columns(host, [0.5], responseVersion: "one");
        var header = await Send(host, "/v1/models/m:predict", """{"instances": [{"a": 0.5}]}""", "0.1");
        var number = await host.PostJson("/v1/models/m:predict", """{"instances": [{"a": 0.5}], "response_version": 1.3}""");

        Assert.All((int[])[rows.Status, columns.Status, header.Status, number.Status], status => Assert.Equal(400, status));
        Assert.Equal("response_version: 3 is not served by version 2; served are 2.0 and 1.3. Until a version with it is the champion, ask for 2", Text(rows.Body, "error"));
        Assert.Equal("parameters.response_version: must be a major version or major.minor, as in 1 or 1.3 (is one)", Text(columns.Body, "error"));
        Assert.Equal("response_version (header X-Response-Version): 0.1 is not served by version 2; served are 2.0 and 1.3", Text(header.Body, "error"));
        Assert.Equal("response_version: must be text or a whole number, as in \"1.3\", \"1\" or 1 (is 1.3)", Text(number.Body, "error"));
        Assert.Equal(4, host.Sink.Requests.Count(request => request.Error == ErrorKind.Payload));
    }

    [Fact]
    public async Task Outputs_are_asked_for_by_the_names_of_the_form()
    {
        await using var host = await ServingHost.Start(await Load(2, Contract(New, "2.0", Previous)));
        const string inputs = """ "inputs": [{"name": "a", "datatype": "FP32", "shape": [1], "data": [0.5]}] """;

        var past = await host.PostJson("/v2/models/m/infer", $$"""{"parameters": {"response_version": "1"}, {{inputs}}, "outputs": [{"name": "points"}]}""");
        var wrong = await host.PostJson("/v2/models/m/infer", $$"""{ {{inputs}}, "outputs": [{"name": "points"}]}""");

        Assert.Equal("points", Text(Assert.Single(past.Body.GetProperty("outputs").EnumerateArray()), "name"));
        Assert.Equal((400, "outputs.points: is not an output of the contract; those are risk, animal, decision"), (wrong.Status, Text(wrong.Body, "error")));
    }

    [Fact]
    public async Task During_a_canary_both_versions_answer_the_major_that_is_asked_for()
    {
        await using var host = await ServingHost.Start();
        var versions = new[] { await Load(1, Contract(Old, "1.2", "").Replace("manual", "review", StringComparison.Ordinal)), await Load(2, Contract(New, "2.0", Previous)) };
        host.Serve([new TrafficSplit("m", 1, 1, [new(2, 5000)], [], "salt")], versions);

        var answers = new List<JsonElement>();
        for (var i = 0; i < 40; i++)
            answers.Add((await host.PostJson("/v1/models/m:predict", $$"""{"instances": [{"a": 0.75}], "routing_key": "u{{i}}", "response_version": "1"}""")).Body);
        var present = await host.PostJson("/v2/models/m/versions/1/infer", """{"parameters": {"response_version": "2"}, "inputs": [{"name": "a", "datatype": "FP32", "shape": [1], "data": [0.5]}]}""");

        Assert.Equal(["1", "2"], answers.Select(answer => Text(answer, "model_version")).Distinct().Order());
        Assert.Equal(["1.2", "1.3"], answers.Select(answer => Text(answer, "response_version")).Distinct().Order());
        Assert.All(answers, answer => Assert.Equal(("0.75", "review"), (WireForms.Field(answer, "score")[0], WireForms.Field(answer, "decision")[0])));
        Assert.Equal((400, "parameters.response_version: 2 is not served by version 1; served is 1.2. Until a version with it is the champion, ask for 1"), (present.Status, Text(present.Body, "error")));
    }

    [Fact]
    public async Task A_mirror_is_compared_in_the_present_form_whatever_the_client_asked_for()
    {
        await using var host = await ServingHost.Start();
        host.Serve([new TrafficSplit("m", 1, 1, [], [new(2, 10_000)], "salt")], await Load(1, Contract(Old, "1.2", "")), await Load(2, Contract(New, "2.0", "")));

        await host.PostJson("/v2/models/m/infer", """
            {"parameters": {"response_version": "1"}, "inputs": [{"name": "a", "datatype": "FP32", "shape": [1], "data": [0.75]}], "outputs": [{"name": "score"}]}
            """);
        while (host.Mirrors.Copies.IsEmpty) await Task.Delay(5, TestContext.Current.CancellationToken);
        await MirrorRun.Execute(host.Tables.Current, host.Mirrors.Copies.Single(), host.Sink, TestContext.Current.CancellationToken);

        Assert.Equal(new MirrorComparison(1, 0, 0, 0), host.Sink.Requests.Single(request => request.Role == TrafficRole.Mirror).Mirror);
    }

    [Fact]
    public async Task What_a_previous_form_overflows_to_is_counted_and_never_sent()
    {
        var contract = Contract(New, "2.0", Previous).Replace("\"multiply\": 1000", "\"multiply\": 1e308", StringComparison.Ordinal);
        await using var host = await ServingHost.Start(await Load(2, contract));

        var (status, body) = await WireForms.Rows(host, """{"a": 0.5}""", "1");

        Assert.Equal((500, "points: the model answered a number that is not finite"), (status, Text(body, "error")));
        Assert.Equal(ErrorKind.NotFinite, Assert.Single(host.Sink.Requests).Error);
    }

    [Fact]
    public async Task Whole_numbers_stay_whole_in_a_previous_form_that_keeps_them_so()
    {
        const string outputs = """{"name": "count", "tensor": "number", "type": "integer"}, {"name": "sure", "tensor": "number", "type": "boolean"}""";
        const string response = """
            , "response": {"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "tenfold", "from": "count", "multiply": 10, "add": -1},
              {"name": "half", "from": "count", "multiply": 0.5}, {"name": "sure", "from": "sure"}]}}
            """;
        await using var host = await ServingHost.Start(await Load(1, TestContracts.Columns(outputs, response)));

        var rows = await WireForms.Rows(host, """{"a": 3}, {"a": 0}""", "1");
        var columns = await WireForms.Columns(host, [3, 0], responseVersion: "1");
        var tooLarge = await WireForms.Rows(host, """{"a": 4503599627370496}""", "1");

        Assert.Equal("""{"tenfold":29,"half":1.5,"sure":true}""", WithoutId(rows.Body, 0));
        Assert.Equal("tenfold INT64, half FP64, sure BOOL", Outputs(columns.Body));
        Assert.Equal(["29", "-1"], WireForms.Texts(columns.Body, "tenfold"));
        Assert.Equal((500, ErrorKind.OutOfRange), (tooLarge.Status, host.Sink.Requests.Last().Error));
    }

    [Fact]
    public async Task Metadata_tells_the_outputs_of_the_form_that_is_asked_for()
    {
        await using var host = await ServingHost.Start(await Load(2, Contract(New, "2.0", Previous)));

        var present = await Get(host, null);
        var past = await Get(host, "1");
        var wrong = await Get(host, "5");

        Assert.Equal("risk FP32, animal BYTES, decision BYTES", Outputs(present.Body));
        Assert.Equal("score FP32, points FP32, decision BYTES, pet BYTES", Outputs(past.Body));
        Assert.Equal("""{"response_version":"1.3","response_versions":"2.0,1.3"}""", past.Body.GetProperty("parameters").GetRawText());
        Assert.Equal((400, "response_version (header X-Response-Version): 5 is not served by version 2; served are 2.0 and 1.3. Until a version with it is the champion, ask for 2"), (wrong.Status, Text(wrong.Body, "error")));
    }

    private static string Contract(string outputs, string version, string previous) => TestContracts.Columns(
        outputs, $$""", "policy": {"score": "{{(version[0] == '1' ? "score" : "risk")}}", {{Bands}}, "response": {"version": "{{version}}"{{previous}}}""");

    private static Task<LoadedVersion> Load(int version, string contract) => ServingHost.Load("m", version, contract, "columns");

    private static async Task<(int Status, JsonElement Body)> Send(ServingHost host, string path, string json, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Response-Version", header);
        return await Answer(host, request);
    }

    private static async Task<(int Status, JsonElement Body)> Get(ServingHost host, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/models/m");
        if (header is not null) request.Headers.Add("X-Response-Version", header);
        return await Answer(host, request);
    }

    private static async Task<(int Status, JsonElement Body)> Answer(ServingHost host, HttpRequestMessage request)
    {
        var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    private static string Outputs(JsonElement metadata) =>
        string.Join(", ", metadata.GetProperty("outputs").EnumerateArray().Select(output => $"{Text(output, "name")} {Text(output, "datatype")}"));

    private static string WithoutId(JsonElement answer, int row)
    {
        var prediction = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(answer.GetProperty("predictions")[row])!;
        prediction.Remove("prediction_id");
        return JsonSerializer.Serialize(prediction);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
