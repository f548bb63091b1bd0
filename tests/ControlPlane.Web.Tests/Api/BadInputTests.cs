using System.Net;
using System.Text;

namespace ControlPlane.Web.Tests.Api;

/// <summary>Wrong JSON and wrong bodies, each answered with problem details that name the field.</summary>
public sealed class BadInputTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Theory]
    [InlineData("""{"name": "a-model", "colour": "red"}""", "colour", "not a field known")]
    [InlineData("""{"description": "x"}""", "name", "required")]
    [InlineData("""{"name": null}""", "name", "null")]
    [InlineData("""{"name": 5}""", "name", "text is wanted")]
    [InlineData("""{"name": "a", "name": "b"}""", "name", "twice")]
    [InlineData("""{"name": "a-model" """, "body", "not valid JSON at line 1")]
    [InlineData("", "body", "not valid JSON")]
    public async Task Wrong_body_of_a_new_model_names_the_field(string json, string field, string says)
    {
        var problem = await (await web.Api().PostJson("/api/v1/models", json)).Problem(HttpStatusCode.BadRequest, field);
        Assert.Contains(says, problem["errors"]![field]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"model": "m", "version": 1, "kind": "instant"}""", "kind", "immediate, shadow, canary")]
    [InlineData("""{"model": "m", "version": "one", "kind": "canary"}""", "version", "whole number")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "steps": [{"share_percent": 101}]}""", "steps[0].share_percent", "from 0 to 100")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "steps": [{"share_percent": 1}, {"share_percent": 5.001}]}""", "steps[1].share_percent", "two decimals")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "steps": [{"share": 5}]}""", "steps[0].share", "not a field known")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "start_at": "tomorrow"}""", "start_at", "a time in RFC 3339 form")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "steps": [null]}""", "steps[0]", "must not be null")]
    [InlineData("""{"model": "m", "version": 1, "kind": "canary", "steps": [{"share_percent": 1}], "gates": [{"metric": "error_rate"}, null]}""", "gates[1]", "must not be null")]
    public async Task Wrong_body_of_a_rollout_names_the_field(string json, string field, string says)
    {
        var problem = await (await web.Api().PostJson("/api/v1/rollouts", json)).Problem(HttpStatusCode.BadRequest, field);
        Assert.Contains(says, problem["errors"]![field]!.ToJsonString());
    }

    [Theory]
    [InlineData("application/json", """{"prediction_id": "p", "value": 1, "colour": 2}""", "colour")]
    [InlineData("application/json", """[{"value": 1}, {"value": "one"}]""", "[1].value")]
    [InlineData("application/json", """[{"value": 1}, null]""", "[1]")]
    [InlineData("application/json", "5", "body")]
    [InlineData("application/json", "[]", "body")]
    [InlineData("application/x-ndjson", "{\"value\": 1}\n{\"value\": }", "line 2: body")]
    public async Task Wrong_outcomes_name_the_place(string contentType, string body, string field) =>
        await (await web.Api().PostJson("/api/v1/outcomes", body, contentType)).Problem(HttpStatusCode.BadRequest, field);

    [Theory]
    [InlineData("/api/v1/releases?at=yesterday", "at", "must be a time in RFC 3339 form")]
    [InlineData("/api/v1/audit?take=many", "take", "must be a whole number")]
    [InlineData("/api/v1/models/any/metrics?version=one", "version", "must be a whole number")]
    [InlineData("/api/v1/models/any/metrics?since=yesterday", "since", "must be a time in RFC 3339 form")]
    public async Task Wrong_value_in_the_address_is_named(string path, string field, string says)
    {
        var problem = await (await web.Api().GetAsync(path, TestContext.Current.CancellationToken)).Problem(HttpStatusCode.BadRequest, field);
        Assert.Contains(says, problem["errors"]![field]!.ToJsonString());
    }

    [Fact]
    public async Task Several_faults_are_joined_by_semicolons()
    {
        var problem = await (await web.Api().PostJson("/api/v1/rollouts", "{}")).Problem(HttpStatusCode.BadRequest, "model");
        Assert.Contains("model: is required; version: is required", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Body_of_a_kind_that_is_not_taken_is_told() =>
        await (await web.Api().PostJson("/api/v1/outcomes", "hello", "text/plain")).Problem(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Unknown_path_and_wrong_method_are_problem_details()
    {
        var absent = await (await web.Api().GetAsync("/api/v1/nothing", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
        Assert.Contains("/api/v1/nothing", (string)absent["detail"]!);
        using var answer = await web.Api().DeleteAsync("/api/v1/models", TestContext.Current.CancellationToken);
        var problem = await answer.Problem(HttpStatusCode.MethodNotAllowed);
        Assert.Superset(new HashSet<string> { "GET", "POST" }, answer.Content.Headers.Allow.ToHashSet());
        Assert.EndsWith($"allowed: {string.Join(", ", answer.Content.Headers.Allow)}.", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Unknown_model_is_not_found()
    {
        var problem = await (await web.Api().GetAsync("/api/v1/models/nobody", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
        Assert.Contains("nobody", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Version_without_an_artifact_names_it()
    {
        await Model("without-artifact");
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "contract" } };
        using var answer = await web.Api().PostAsync("/api/v1/models/without-artifact/versions", form, TestContext.Current.CancellationToken);
        await answer.Problem(HttpStatusCode.BadRequest, "artifact");
    }

    [Fact]
    public async Task Unknown_part_is_named_and_nothing_is_made()
    {
        await Model("unknown-part");
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "artefact", "model.onnx" } };
        using var answer = await web.Api().PostAsync("/api/v1/models/unknown-part/versions", form, TestContext.Current.CancellationToken);
        await answer.Problem(HttpStatusCode.BadRequest, "artefact");
        var model = await (await web.Api().GetAsync("/api/v1/models/unknown-part", TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);
        Assert.Empty(model["versions"]!.AsArray());
    }

    [Fact]
    public async Task Truncated_multipart_body_is_told()
    {
        await Model("truncated-body");
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"artifact\"\r\n\r\nhalf a file"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var answer = await web.Api().PostAsync("/api/v1/models/truncated-body/versions", body, TestContext.Current.CancellationToken);
        await answer.Problem(HttpStatusCode.BadRequest, "body");
        Assert.Empty(Directory.GetFiles(Path.Combine(web.Data, "artifacts"), "*", SearchOption.AllDirectories));
    }

    private async Task Model(string name) => await (await web.Api().PostJson("/api/v1/models", $$"""{"name": "{{name}}"}""")).Json(HttpStatusCode.Created);
}
