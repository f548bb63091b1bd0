using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ControlPlane.Web.Tests.Api;

/// <summary>Golden samples and reference rows of a draft, sent as bodies.</summary>
public sealed class DraftFilesApiTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    private const string Sample = """{"inputs": {"amount": 1, "tenure": 2, "country": "DE"}, "outputs": {"score": 0.5}}""";

    [Fact]
    public async Task Golden_samples_are_put_in_either_form_and_deleted()
    {
        var draft = await Draft("draft-golden");
        var lines = await (await Put(draft, "golden", Encoding.UTF8.GetBytes($"{Sample}\n{Sample}\n"), "application/x-ndjson")).Json(HttpStatusCode.OK);
        Assert.Equal(2, (int)lines["golden_rows"]!);
        // Nobody tells the form: the first character does.
        var csv = await (await Put(lines, "golden", "amount,tenure,country,score\n1,2,DE,0.5\n"u8.ToArray(), "application/octet-stream")).Json(HttpStatusCode.OK);
        Assert.Equal(1, (int)csv["golden_rows"]!);
        var without = await (await web.Api().DeleteAsync(Address(csv, "golden"), TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);
        Assert.Null(without["golden_digest"]);
        await (await web.Api().DeleteAsync(Address(csv, "golden"), TestContext.Current.CancellationToken)).Problem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Reference_rows_are_put_and_deleted()
    {
        var draft = await Draft("draft-baseline");
        var with = await (await Put(draft, "baseline", "amount,tenure\n1,2\n3,4\n"u8.ToArray(), "text/csv")).Json(HttpStatusCode.OK);
        Assert.StartsWith("sha256:", (string)with["baseline_digest"]!);
        await (await Put(draft, "baseline", "amount\n1\n"u8.ToArray(), "text/csv")).Problem(HttpStatusCode.Conflict);
        await (await Put(with, "baseline", "amount\nx\n"u8.ToArray(), "text/csv")).Problem(HttpStatusCode.BadRequest, "baseline:2/amount");
        Assert.Null((await (await web.Api().DeleteAsync(Address(with, "baseline"), TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK))["baseline_digest"]);
    }

    [Theory]
    [InlineData("application/json", "nonsense", "golden:1")]
    [InlineData("text/csv", "amount;score\n", "golden:1")]
    [InlineData("application/octet-stream", "", "golden")]
    public async Task Golden_samples_of_neither_form_are_refused(string contentType, string body, string field)
    {
        var draft = await Draft($"draft-bad-{contentType.Length}");
        await (await Put(draft, "golden", Encoding.UTF8.GetBytes(body), contentType)).Problem(HttpStatusCode.BadRequest, field);
        await (await Put(draft, "golden", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Sample)], contentType)).Problem(HttpStatusCode.BadRequest, "golden");
    }

    [Fact]
    public async Task Stamp_must_be_given()
    {
        var draft = await Draft("draft-stampless");
        await (await web.Api().DeleteAsync(Address(draft, "golden").Split('?')[0], TestContext.Current.CancellationToken)).Problem(HttpStatusCode.BadRequest, "stamp");
    }

    [Fact]
    public async Task First_golden_sample_of_a_version_is_answered()
    {
        await (await Scorer().File("golden", Sample, "golden.jsonl").Send(web, "first-sample")).Json(HttpStatusCode.Accepted);
        const string address = "/api/v1/models/first-sample/versions/1/golden";
        var sample = await (await web.Api().GetAsync($"{address}?line=1", TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);
        Assert.Equal((1, 2, 0.5), ((int)sample["line"]!, (int)sample["inputs"]!["tenure"]!, (double)sample["outputs"]!["score"]!));
        await (await web.Api().GetAsync($"{address}?line=0", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.BadRequest, "line");
        await (await web.Api().GetAsync($"{address}?line=2", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
    }

    private static VersionParts Scorer() => new VersionParts().File("artifact", VersionParts.Onnx("scorer"), "model.onnx").Text("contract", VersionParts.Contract);

    private static string Address(JsonNode draft, string file) => $"/api/v1/models/{draft["model"]}/drafts/{draft["id"]}/{file}?stamp={draft["stamp"]}";

    private async Task<JsonNode> Draft(string model)
    {
        await (await Scorer().File("golden", Sample, "golden.jsonl").Send(web, model)).Json(HttpStatusCode.Accepted);
        return await (await web.Api().PostJson($"/api/v1/models/{model}/drafts", """{"from_version": 1}""")).Json(HttpStatusCode.Created);
    }

    private async Task<HttpResponseMessage> Put(JsonNode draft, string file, byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(contentType);
        return await web.Api().PutAsync(Address(draft, file), content, TestContext.Current.CancellationToken);
    }
}
