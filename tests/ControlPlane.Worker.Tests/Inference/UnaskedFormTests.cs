using System.Text.Json;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

/// <summary>Which form a client gets that does not say which, while two versions share the traffic.</summary>
public sealed class UnaskedFormTests
{
    private const string Old = """{"name": "score", "tensor": "logit", "type": "number"}""";
    private const string New = """{"name": "risk", "tensor": "logit", "type": "number"}""";
    private const string First = """, "response": {"version": "1.2"}""";
    private const string Second = """, "response": {"version": "2.0"}""";
    private const string Both = """, "response": {"version": "2.0", "previous": {"version": "1.3", "fields": [{"name": "score", "from": "risk"}]}}""";
    private const string Columns = """{"inputs": [{"name": "a", "datatype": "FP32", "shape": [1], "data": [0.5]}]""";

    [Fact]
    public async Task Canary_never_mixes_forms_and_promotion_moves_everyone()
    {
        await using var host = await ServingHost.Start();
        var versions = new[] { await Load(1, Old, First), await Load(2, New, Both) };

        host.Serve([Split(champion: 1, challenger: 2)], versions);
        var canary = await Ask(host, "");
        host.Serve([Split(champion: 2, challenger: 1)], versions);
        var back = await Ask(host, "");
        host.Serve([new TrafficSplit("m", 1, 2, [], [], "salt")], versions);
        var promoted = await Ask(host, "");

        Assert.Equal(["1 1.2 score", "2 1.3 score"], canary);
        // A version that knows nothing of the champion's major answers what it has.
        Assert.Equal(["1 1.2 score", "2 2.0 risk"], back);
        Assert.Equal(["2 2.0 risk"], promoted);
    }

    [Fact]
    public async Task Who_asks_gets_what_is_asked_for_and_a_whole_number_is_as_good_as_text()
    {
        await using var host = await ServingHost.Start();
        host.Serve([Split(champion: 1, challenger: 2)], await Load(1, New, Both), await Load(2, New, Both));

        Assert.Equal(["1 1.3 score", "2 1.3 score"], await Ask(host, ", \"response_version\": 1"));
        Assert.Equal(["1 2.0 risk", "2 2.0 risk"], await Ask(host, ", \"response_version\": \"2\""));
        Assert.Equal(["1 2.0 risk", "2 2.0 risk"], await Ask(host, ", \"response_version\": null"));
    }

    [Fact]
    public async Task Version_in_the_address_gives_its_present_form_in_both_wire_forms()
    {
        await using var host = await ServingHost.Start();
        host.Serve([new TrafficSplit("m", 1, 1, [new(2, 10_000)], [], "salt")], await Load(1, Old, First), await Load(2, New, Both));

        var split = await host.PostJson("/v2/models/m/infer", Columns + "}");
        var named = await host.PostJson("/v2/models/m/versions/2/infer", Columns + "}");
        var asked = await host.PostJson("/v2/models/m/versions/2/infer", Columns + """, "parameters": {"response_version": 1}}""");

        Assert.Equal(["1.3", "2.0", "1.3"], ((JsonElement[])[split.Body, named.Body, asked.Body]).Select(body => body.GetProperty("parameters").GetProperty("response_version").GetString()));
    }

    [Fact]
    public async Task Challenger_without_the_champions_major_answers_its_own()
    {
        await using var host = await ServingHost.Start();
        host.Serve([Split(champion: 1, challenger: 2)], await Load(1, Old, First), await Load(2, New, Second));

        Assert.Equal(["1 1.2 score", "2 2.0 risk"], await Ask(host, ""));
    }

    [Theory]
    [InlineData("\"\"", "must not be empty; give a major version or major.minor, as in 1 or 1.3, or leave it out")]
    [InlineData("-1", "must be text or a whole number, as in \"1.3\", \"1\" or 1 (is -1)")]
    [InlineData("[1]", "must be text or a whole number, as in \"1.3\", \"1\" or 1 (is a list)")]
    [InlineData("\"2\"", "2 is not served by version 1; served is 1.2. Until a version with it is the champion, ask for 1")]
    public async Task What_is_no_version_is_refused_in_a_sentence(string asked, string sentence)
    {
        await using var host = await ServingHost.Start(await Load(1, Old, First));

        var (status, body) = await host.PostJson("/v1/models/m:predict", $$"""{"instances": [{"a": 0.5}], "response_version": {{asked}}}""");

        Assert.Equal((400, $"response_version: {sentence}"), (status, body.GetProperty("error").GetString()));
    }

    private static TrafficSplit Split(int champion, int challenger) => new("m", 1, champion, [new(challenger, 5000)], [], "salt");

    /// <summary>Forty units; the kinds of answers there were, as version, form and the names of its outputs.</summary>
    private static async Task<IEnumerable<string>> Ask(ServingHost host, string asked)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            var (status, body) = await host.PostJson("/v1/models/m:predict", $$"""{"instances": [{"a": 0.5}], "routing_key": "u{{i}}"{{asked}}}""");
            Assert.Equal(200, status);
            var names = body.GetProperty("predictions")[0].EnumerateObject().Select(field => field.Name).Where(name => name != "prediction_id");
            kinds.Add($"{body.GetProperty("model_version").GetString()} {body.GetProperty("response_version").GetString()} {string.Join(' ', names)}");
        }

        return kinds;
    }

    private static Task<LoadedVersion> Load(int version, string outputs, string response) =>
        ServingHost.Load("m", version, TestContracts.Columns(outputs, response), "columns");
}
