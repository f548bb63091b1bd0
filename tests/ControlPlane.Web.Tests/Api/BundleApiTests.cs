using System.IO.Compression;
using System.Net;
using System.Text;

namespace ControlPlane.Web.Tests.Api;

/// <summary>Bundles and drafts over HTTP; after each refusal the spool and the store's temporary folder are empty.</summary>
public sealed class BundleApiTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Fact]
    public async Task Zip_becomes_a_draft_that_is_changed_and_made_a_version()
    {
        await Model("zipped");
        var imported = await (await Send("zipped", Form(Zip(("a/model.onnx", VersionParts.Onnx("scorer")), ("a/contract.json", Text(VersionParts.Contract)), ("a/train.py", Text("x")))))).Json(HttpStatusCode.Created);
        Assert.Equal(("bundle", "train.py: has no place in a version"), ((string)imported["source"]!, (string)imported["not_carried"]![0]!));
        Assert.Empty(imported["problems"]!.AsArray());
        var address = $"/api/v1/models/zipped/drafts/{imported["draft_id"]}";
        var draft = await (await web.Api().GetAsync(address, TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);
        Assert.Equal(((string)imported["artifact_digest"]!, true), ((string)draft["artifact_digest"]!, (bool)draft["fits"]!));
        await (await Put(address, $$"""{"stamp": "{{Guid.NewGuid()}}", "contract": "x"}""")).Problem(HttpStatusCode.Conflict);
        var saved = await (await Put(address, $$"""{"stamp": "{{draft["stamp"]}}", "contract": "not JSON yet", "notes": "later"}""")).Json(HttpStatusCode.OK);
        Assert.Equal("not JSON yet", (string)saved["contract"]!);
        Assert.NotEmpty(saved["problems"]!.AsArray());
        await (await web.Api().PostJson($"{address}/version", "")).Problem(HttpStatusCode.BadRequest, "contract");
        var again = new System.Text.Json.Nodes.JsonObject { ["stamp"] = (string)saved["stamp"]!, ["contract"] = VersionParts.Contract };
        await (await Put(address, again.ToJsonString())).Json(HttpStatusCode.OK);
        var version = await (await web.Api().PostJson($"{address}/version", "")).Json(HttpStatusCode.Accepted);
        Assert.Equal(1, (int)version["version"]!);
        await (await web.Api().GetAsync(address, TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Folder_of_files_in_any_order_becomes_a_draft()
    {
        await Model("folder");
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(VersionParts.Onnx("dense")), "file", "model/model.onnx");
        form.Add(new ByteArrayContent(Text("flavors: {onnx: {data: model.onnx}}\n")), "file", "model/MLmodel");
        form.Add(new ByteArrayContent(Text("""{"inputs": {"a": [1]}}""")), "file", "model/serving_input_example.json");
        var imported = await (await Send("folder", form)).Json(HttpStatusCode.Created);
        Assert.Equal(("mlflow", """{"a":1}"""), ((string)imported["source"]!, imported["try_example"]!.ToJsonString()));
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_bundle_becomes_a_version_at_once(bool asField)
    {
        var model = asField ? "by-field" : "by-query";
        await Model(model);
        using var form = Form(Zip(("model.onnx", VersionParts.Onnx("scorer")), ("contract.json", Text(VersionParts.Contract))));
        if (asField) form.Add(new StringContent("true"), "create");
        using var answer = await Send($"{model}", form, asField ? "" : "?create=true");
        var version = await answer.Json(HttpStatusCode.Accepted);
        Assert.Equal(1, (int)version["version"]!);
        Assert.Equal($"/api/v1/models/{model}/versions/1", answer.Headers.Location!.ToString());
        Assert.Empty((await (await web.Api().GetAsync($"/api/v1/models/{model}/drafts", TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK)).AsArray());
    }

    [Fact]
    public async Task Refused_bundles_name_the_entry_and_leave_nothing()
    {
        await Model("refused");
        var model = ("model.onnx", VersionParts.Onnx("dense"));
        await (await Send("refused", Form(Zip(model, ("../x", [1]))))).Problem(HttpStatusCode.BadRequest, "bundle/../x");
        await (await Send("refused", Form(Zip(("model.onnx", new byte[16 << 20]))))).Problem(HttpStatusCode.BadRequest, "bundle/model.onnx");
        await (await Send("refused", Form(Zip(("model.onnx", Text("no model")), ("contract.json", Text("{}")))[..^40]))).Problem(HttpStatusCode.BadRequest, "bundle");
        await (await Send("refused", Form(Text("no zip")))).Problem(HttpStatusCode.BadRequest, "bundle");
        await (await Send("refused", Form([]))).Problem(HttpStatusCode.BadRequest, "bundle");
        await (await Send("refused", new MultipartFormDataContent { { new StringContent("x"), "bundel" } })).Problem(HttpStatusCode.BadRequest, "bundel");
        await (await Send("refused", new MultipartFormDataContent { { new StringContent("maybe"), "create" } })).Problem(HttpStatusCode.BadRequest, "create");
        await (await Send("refused", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "/etc/model.onnx" } })).Problem(HttpStatusCode.BadRequest, "bundle//etc/model.onnx");
        using var both = Form(Zip(model));
        both.Add(new ByteArrayContent([1]), "file", "model.onnx");
        await (await Send("refused", both)).Problem(HttpStatusCode.BadRequest, "file");
        Assert.Empty((await (await web.Api().GetAsync("/api/v1/models/refused/drafts", TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK)).AsArray());
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Broken_off_body_is_told_and_leaves_nothing()
    {
        await Model("broken-off");
        using var body = new ByteArrayContent(Text("--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"x.zip\"\r\n\r\nhalf a file"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        await (await Send("broken-off", body)).Problem(HttpStatusCode.BadRequest, "body");
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Unknown_model_wrong_type_and_wrong_draft_are_told()
    {
        await Model("known");
        await (await Send("unknown", Form(Zip(("model.onnx", [1]))))).Problem(HttpStatusCode.NotFound);
        await (await web.Api().PostJson("/api/v1/models/known/bundles", "{}")).Problem(HttpStatusCode.UnsupportedMediaType);
        await (await web.Api().PostJson("/api/v1/models/known/drafts", "{}")).Problem(HttpStatusCode.BadRequest, "from_version");
        await (await web.Api().PostJson("/api/v1/models/known/drafts", """{"artifact_digest": "sha256:00"}""")).Problem(HttpStatusCode.BadRequest, "artifact_digest");
        await (await web.Api().PostJson("/api/v1/models/known/drafts", """{"contract": "x", "colour": 1}""")).Problem(HttpStatusCode.BadRequest, "colour");
        var draft = await (await web.Api().PostJson("/api/v1/models/known/drafts", """{"contract": "x"}""")).Json(HttpStatusCode.Created);
        var address = $"/api/v1/models/known/drafts/{draft["id"]}";
        Assert.Equal(HttpStatusCode.NoContent, (await web.Api().DeleteAsync(address, TestContext.Current.CancellationToken)).StatusCode);
        await (await web.Api().DeleteAsync(address, TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
        using var nobody = await web.Anonymous().PostAsync("/api/v1/models/known/bundles", Form(Zip(("model.onnx", [1]))), TestContext.Current.CancellationToken);
        await nobody.Problem(HttpStatusCode.Unauthorized);
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Directory.GetFiles(Path.Combine(web.Data, "spool")));
        Assert.Empty(Directory.GetFiles(Path.Combine(web.Data, "artifacts", "incoming")));
    }

    private Task<HttpResponseMessage> Send(string model, HttpContent content, string query = "") => web.Api().PostAsync($"/api/v1/models/{model}/bundles{query}", content, TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> Put(string address, string json) => web.Api().PutAsync(address, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    private async Task Model(string name) => await (await web.Api().PostJson("/api/v1/models", $$"""{"name": "{{name}}"}""")).Json(HttpStatusCode.Created);

    private static MultipartFormDataContent Form(byte[] zip) => new() { { new ByteArrayContent(zip), "bundle", "bundle.zip" } };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
