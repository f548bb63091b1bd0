using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

/// <summary>What a client is told about a payload that breaks its contract.</summary>
public sealed class PayloadProblemTests
{
    [Theory]
    [InlineData("""{"amount": 1, "country": "DE"}""")]
    [InlineData("""{"amount": -1, "tenure": "x", "country": "XX"}""")]
    [InlineData("""{"amount": 1e999, "tenure": null, "country": null, "colour": [1, {"a": 2}], "amount": true}""")]
    [InlineData("""{"amount": 100000.5, "country": 7}""")]
    [InlineData("""{"amount": {"a": [1]}, "country": ["DE"], "tenure": false}""")]
    [InlineData("""{}""")]
    [InlineData("""[1]""")]
    [InlineData("""null""")]
    [InlineData("""{"amount": 0.1, "country": "a text that is longer than sixty characters, so that it is shortened 😀"}""")]
    [InlineData("""{"amount": 1234567890123456789012345678901234567890123456789012345678901234567890, "country": "\"FR\""}""")]
    public async Task Node_and_control_plane_find_the_same_problems(string row)
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start(version);
        using var document = JsonDocument.Parse(row);

        var (status, body) = await host.PostJson("/v1/models/m:predict", $$"""{"instances": [{{row}}]}""");

        var expected = new PayloadCheck(version.Contract).Check(document.RootElement, "instances[0]").Kept;
        Assert.Equal(expected.Count == 0 ? 200 : 400, status);
        Assert.Equal(expected, status == 200 ? [] : body.GetProperty("problems").EnumerateArray().Select(Problem));
    }

    [Fact]
    public async Task Row_form_answers_with_every_problem_and_the_count_of_the_rest()
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start(version);

        var (status, body) = await host.PostJson(
            "/v1/models/m:predict", $$"""{"instances": [{"amount": -1, "country": "XX"}, {{string.Join(", ", Enumerable.Repeat("{}", 100))}}]}""");

        var problems = body.GetProperty("problems");
        Assert.Equal(400, status);
        Assert.Equal("""{"path":"instances[0].amount","rule":"min","value":-1,"sentence":"must be at least 0 (is -1)"}""", problems[0].GetRawText());
        Assert.Equal("""{"path":"instances[0].country","rule":"values","value":"XX","sentence":"XX is not one of DE, FR, US"}""", problems[1].GetRawText());
        Assert.Equal("""{"path":"instances[1].amount","rule":"missing","value":null,"sentence":"is missing"}""", problems[2].GetRawText());
        Assert.Equal((100, 102), (problems.GetArrayLength(), body.GetProperty("more_problems").GetInt32()));
        Assert.EndsWith("; and 182 more", body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tensor_form_answers_with_the_same_shape()
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start(version);

        var (status, body) = await host.PostJson("/v2/models/m/infer", """
            {"inputs": [
              {"name": "amount", "datatype": "FP64", "shape": [2], "data": [-1, 5]},
              {"name": "country", "datatype": "BYTES", "shape": [2], "data": ["DE", "XX"]}
            ]}
            """);

        Assert.Equal(400, status);
        Assert.Equal(["inputs.amount[0]", "inputs.country[1]"], body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()));
        Assert.Equal("inputs.amount[0]: must be at least 0 (is -1); inputs.country[1]: XX is not one of DE, FR, US", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Long_texts_and_names_are_told_back_shortened()
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start(version);
        var text = new string('x', 300_000);

        var answer = await host.Post("/v1/models/m:predict", $$"""{"instances": [{"amount": "{{text}}", "country": "{{text}}", "{{text}}": 1}]}""");

        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.InRange(body.Length, 100, 1500);
        Assert.Equal(3, JsonDocument.Parse(body).RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Body_that_is_no_payload_has_one_problem()
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start(version);

        var (_, broken) = await host.PostJson("/v1/models/m:predict", """{"instances": [""");
        var (_, empty) = await host.PostJson("/v1/models/m:predict", "{}");

        Assert.Equal("form", broken.GetProperty("problems")[0].GetProperty("rule").GetString());
        Assert.Equal("""{"path":"instances","rule":"missing","value":null,"sentence":"is missing"}""", empty.GetProperty("problems")[0].GetRawText());
    }

    private static PayloadProblem Problem(JsonElement problem) => new(
        problem.GetProperty("path").GetString()!,
        Enum.Parse<BrokenRule>(problem.GetProperty("rule").GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        problem.GetProperty("value") is { ValueKind: not JsonValueKind.Null } value ? value.GetRawText() : null,
        problem.GetProperty("sentence").GetString()!);
}
