using System.Net;
using System.Text.Json;

namespace ControlPlane.Web.Tests.Api;

/// <summary>The check of contracts over HTTP: as an object, as text, with and without an artifact.</summary>
public sealed class ContractCheckTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    private const string Path = "/api/v1/contracts/check";
    private const string Contract = """{"inputs": [{"name": "x", "type": "number", "min": -0.0}], "outputs": [{"name": "p", "tensor": "t", "type": "number"}]}""";

    [Fact]
    public async Task Valid_contract_is_answered_in_canonical_form()
    {
        var asObject = await (await web.Api().PostJson(Path, $"{{\"contract\": {Contract}}}")).Json(HttpStatusCode.OK);
        var asText = await (await web.Api().PostJson(Path, $"{{\"contract\": {JsonSerializer.Serialize(Contract)}}}")).Json(HttpStatusCode.OK);

        Assert.True((bool)asObject["valid"]!);
        Assert.Null(asObject["fits"]);
        Assert.StartsWith("{\"inputs\":[{\"min\":0,\"name\":\"x\"", (string)asObject["canonical"]!);
        Assert.StartsWith("sha256:", (string)asObject["contract_digest"]!);
        Assert.Equal(asObject.ToJsonString(), asText.ToJsonString());
    }

    [Theory]
    [InlineData("""{"inputs": [], "outputs": 1, "colour": 2}""", "inputs", "must name at least one input")]
    [InlineData("""{"inputs": [{"name": "\ud800", "type": "number"}], "outputs": []}""", "inputs/0/name", "not valid Unicode")]
    [InlineData("""{"inputs": [{"name": "x", "type": "number", "min": 1e999}], "outputs": []}""", "inputs/0/min", "beyond what double precision holds")]
    [InlineData("\"{\"", "", "is not JSON: line 1")]
    [InlineData("[]", "", "must be an object")]
    public async Task Contract_that_is_wrong_is_told_with_every_path(string contract, string path, string words)
    {
        var check = await (await web.Api().PostJson(Path, $"{{\"contract\": {contract}}}")).Json(HttpStatusCode.OK);

        Assert.False((bool)check["valid"]!);
        Assert.Null(check["canonical"]);
        Assert.Contains(check["problems"]!.AsArray(), problem => (string)problem!["path"]! == path && ((string)problem["sentence"]!).Contains(words));
    }

    [Fact]
    public async Task Version_gives_fit_and_a_contract_to_start_from()
    {
        var api = web.Api();
        await (await api.PostJson("/api/v1/models", """{"name": "checked-model"}""")).Json(HttpStatusCode.Created);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "Models", "scorer.onnx"), TestContext.Current.CancellationToken)), "artifact", "model.onnx" },
        };
        await (await api.PostAsync("/api/v1/models/checked-model/versions", form, TestContext.Current.CancellationToken)).Json(HttpStatusCode.Accepted);

        var check = await (await api.PostJson(Path, $"{{\"contract\": {Contract}, \"model\": \"checked-model\", \"version\": 1}}")).Json(HttpStatusCode.OK);
        Assert.True((bool)check["valid"]!);
        Assert.False((bool)check["fits"]!);
        Assert.Equal(["inputs/0/name", "outputs/0/tensor"], check["problems"]!.AsArray().Select(problem => (string)problem!["path"]!));
        var start = check["signature_contract"]!.ToJsonString();
        var again = await (await api.PostJson(Path, $"{{\"contract\": {start}, \"artifact_digest\": \"{check["artifact_digest"]}\"}}")).Json(HttpStatusCode.OK);
        Assert.True((bool)again["fits"]!);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "contract")]
    [InlineData("""{"contract": "\udc00"}""", HttpStatusCode.BadRequest, "contract")]
    [InlineData("""{"contract": {}, "artifact_digest": "abc"}""", HttpStatusCode.BadRequest, "artifact_digest")]
    [InlineData("""{"contract": {}, "version": 1}""", HttpStatusCode.BadRequest, "model")]
    [InlineData("""{"contract": {}, "colour": 1}""", HttpStatusCode.BadRequest, "colour")]
    [InlineData("""{"contract": {}, "model": "none", "version": 1}""", HttpStatusCode.NotFound, null)]
    public async Task Wrong_question_is_refused(string body, HttpStatusCode status, string? field) => await (await web.Api().PostJson(Path, body)).Problem(status, field);
}
