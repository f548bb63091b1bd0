using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ControlPlane.Web.Tests.Api;

/// <summary>The parts of an upload, good and bad.</summary>
public sealed class VersionUploadTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    private static string Reference => "amount,tenure,country\n" + string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i % 2},DE\n")));

    [Fact]
    public async Task Baseline_and_golden_in_csv_are_kept_and_shown()
    {
        await (await Scorer().File("baseline", Reference, "baseline.csv", "text/csv").File("golden", "amount,tenure,country,score\n1,2,DE,0.5\n", "golden.csv").Send(web, "with-csv"))
            .Json(HttpStatusCode.Accepted);
        var version = await Get("/api/v1/models/with-csv/versions/1");
        Assert.Equal(1, (int)version["golden_rows"]!);
        Assert.Equal(("reference", 30, 3, false), ((string)version["baseline"]!["source"]!, (int)version["baseline"]!["rows"]!, (int)version["baseline"]!["features"]!, (bool)version["baseline"]!["has_score"]!));
        Assert.Empty(version["import_notes"]!.AsArray());
        var baseline = await Get("/api/v1/models/with-csv/versions/1/baseline");
        Assert.Equal("[0,3,3,3,3,3,3,3,3,3,3,0]", baseline["features"]![0]!["counts"]!.ToJsonString());
        Assert.Equal("[0,0.5,1]", baseline["features"]![1]!["edges"]!.ToJsonString());
        Assert.Equal("""["DE","FR","US"]""", baseline["features"]![2]!["values"]!.ToJsonString());
    }

    [Fact]
    public async Task Version_without_data_has_no_baseline()
    {
        await (await Scorer().Send(web, "without-baseline")).Json(HttpStatusCode.Accepted);
        Assert.Null((await Get("/api/v1/models/without-baseline/versions/1"))["baseline"]);
        var answer = await web.Api().GetAsync("/api/v1/models/without-baseline/versions/1/baseline", TestContext.Current.CancellationToken);
        Assert.Contains("without reference data", (string)(await answer.Problem(HttpStatusCode.NotFound))["detail"]!);
    }

    [Theory]
    [InlineData("semicolons", "amount;tenure\n1;2\n", "baseline:1", "semicolons")]
    [InlineData("no-number", "amount,tenure\n1,x\n", "baseline:2/tenure", "must be a number")]
    [InlineData("too-few", "amount,tenure\n1\n", "baseline:2", "has 1 cells")]
    [InlineData("overflow", "amount\n1e999\n", "baseline:2/amount", "outside what a double holds")]
    [InlineData("twins", "amount,amount\n1,2\n", "baseline:1/amount", "names two columns")]
    [InlineData("no-header", "1,2\n3,4\n", "baseline:1", "must name the columns")]
    public async Task Bad_baseline_is_refused_with_line_and_column(string name, string csv, string field, string says)
    {
        var problem = await (await Scorer().File("baseline", csv, "baseline.csv").Send(web, $"bad-{name}")).Problem(HttpStatusCode.BadRequest, field);
        Assert.Contains(says, problem["errors"]![field]!.ToJsonString());
        await HasNoVersion($"bad-{name}");
    }

    [Fact]
    public async Task Golden_and_baseline_in_other_encodings_are_refused()
    {
        byte[] wide = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Reference)];
        await (await Scorer().File("baseline", wide, "baseline.csv").Send(web, "wide-baseline")).Problem(HttpStatusCode.BadRequest, "baseline");
        var golden = await (await Scorer().File("golden", wide, "golden.csv").Send(web, "wide-golden")).Problem(HttpStatusCode.BadRequest, "golden");
        Assert.Contains("UTF-16", golden["errors"]!["golden"]!.ToJsonString());
        var latin = await (await Scorer().File("golden", Encoding.Latin1.GetBytes("country,score\nDE,1\nÖ,1\n"), "golden.csv").Send(web, "latin-golden")).Problem(HttpStatusCode.BadRequest, "golden");
        Assert.Contains("line 3", latin["errors"]!["golden"]!.ToJsonString());
        await HasNoVersion("latin-golden");
    }

    [Theory]
    [InlineData("by-type", "samples", "text/csv", "golden:2/amount")]
    [InlineData("by-name", "samples.csv", "application/octet-stream", "golden:2/amount")]
    [InlineData("by-json-name", "samples.jsonl", "application/octet-stream", "golden:1")]
    [InlineData("by-look", "samples", "application/octet-stream", "golden:2/amount")]
    public async Task Form_of_the_golden_samples_is_told_by_type_name_or_look(string name, string fileName, string contentType, string field) =>
        await (await Scorer().File("golden", "amount,score\nx,1\n", fileName, contentType).Send(web, $"golden-{name}")).Problem(HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Bytes_that_the_model_has_are_named_by_their_digest()
    {
        await (await Scorer().Send(web, "by-digest")).Json(HttpStatusCode.Accepted);
        var digest = VersionParts.Digest(VersionParts.Onnx("scorer"));
        var other = VersionParts.Contract.Replace("\"max\": 1}", "\"max\": 2}", StringComparison.Ordinal);
        var second = await (await new VersionParts().Text("artifact_digest", digest).Text("contract", other).SendTo(web, "by-digest")).Json(HttpStatusCode.Accepted);
        Assert.Equal(2, (int)second["version"]!);
        Assert.Equal(digest, (string)(await Get("/api/v1/models/by-digest/versions/2"))["artifact_digest"]!);
    }

    [Fact]
    public async Task Bytes_of_another_model_are_not_found()
    {
        await (await Scorer().Send(web, "owner-of-bytes")).Json(HttpStatusCode.Accepted);
        var digest = VersionParts.Digest(VersionParts.Onnx("scorer"));
        await (await new VersionParts().Text("artifact_digest", digest).Send(web, "stranger-to-bytes")).Problem(HttpStatusCode.NotFound, "artifact_digest");
        await (await new VersionParts().Text("artifact_digest", "abc").Send(web, "no-digest")).Problem(HttpStatusCode.BadRequest, "artifact_digest");
        await (await Scorer().Text("artifact_digest", digest).Send(web, "two-sources")).Problem(HttpStatusCode.BadRequest, "artifact_digest");
        await HasNoVersion("two-sources");
    }

    private static VersionParts Scorer() => new VersionParts().File("artifact", VersionParts.Onnx("scorer"), "model.onnx").Text("contract", VersionParts.Contract);

    private async Task<JsonNode> Get(string path) => await (await web.Api().GetAsync(path, TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);

    private async Task HasNoVersion(string model) => Assert.Empty((await Get($"/api/v1/models/{model}"))["versions"]!.AsArray());
}
