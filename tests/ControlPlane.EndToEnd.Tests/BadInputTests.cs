using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>What a careless or hostile client sends: a clear error that names the field or file, and everything else goes on.</summary>
[Collection("product")]
public sealed class BadInputTests(StartedProduct product)
{
    [Theory]
    [InlineData("not-onnx", "this is no model")]
    [InlineData("html", "<html><body>404</body></html>")]
    [InlineData("empty", "")]
    public async Task Upload_that_is_not_onnx_names_the_artifact(string model, string content)
    {
        var answer = await Upload(model, Encoding.UTF8.GetBytes(content), DemoModels.Contract("champion"), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("artifact", answer.Text);
    }

    [Fact]
    public async Task Truncated_onnx_names_the_artifact()
    {
        var bytes = DemoModels.Artifact("challenger");
        var answer = await Upload("truncated", bytes[..(bytes.Length / 2)], DemoModels.Contract("challenger"), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("artifact", answer.Text);
    }

    [Theory]
    [InlineData("""{"inputs": [{"name": "a", "type": "number", "colour": "red"}]}""", "colour")]
    [InlineData("""{"inputs": [{"name": "a", "type": "decimal"}]}""", "type")]
    [InlineData("""{"inputs": [""", "contract")]
    public async Task Wrong_contract_names_the_field(string contract, string field)
    {
        var answer = await Upload("wrong-contract", DemoModels.Artifact("champion"), contract, null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(field, answer.Text);
    }

    [Fact]
    public async Task Contract_that_does_not_match_the_model_is_refused_with_its_paths()
    {
        const string contract = """
            {"inputs": [{"name": "nothing_like_it", "type": "number"}], "outputs": [{"name": "score", "tensor": "no_such_tensor", "index": 1, "type": "number"}]}
            """;
        var answer = await Upload("mismatch", DemoModels.Artifact("champion"), contract, null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("contract/outputs/0", answer.Text);
        Assert.Contains("contract/inputs/0", answer.Text);
        Assert.Contains("no_such_tensor", answer.Text);
    }

    [Fact]
    public async Task Golden_samples_that_do_not_agree_reject_the_version()
    {
        var wrong = string.Join('\n', DemoModels.Rows("champion").Take(5).Select(row => $$$"""{"inputs": {{{row}}}, "outputs": {"score": 0.987654}}"""));
        var checks = await RejectedChecks("wrong-golden", DemoModels.Contract("champion"), wrong);
        Assert.Contains("0.987654", checks);
    }

    [Fact]
    public async Task Same_release_again_answers_with_the_existing_version()
    {
        var releases = new Releases(product, "twice");
        await releases.CreateModel();
        var first = await releases.UploadReady(DemoModels.Artifact("champion"), DemoModels.Contract("champion"), DemoModels.Golden("champion"));
        using var form = Form(DemoModels.Artifact("champion"), DemoModels.Contract("champion"), DemoModels.Golden("champion"));
        using var again = await product.Api.PostAsync("api/v1/models/twice/versions", form, TestContext.Current.CancellationToken);
        Assert.True(again.IsSuccessStatusCode);
        Assert.Equal(first, (int)JsonNode.Parse(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["version"]!);
        Assert.Single((await product.Api.GetFromJsonAsync<JsonNode>("api/v1/models/twice", TestContext.Current.CancellationToken))!["versions"]!.AsArray());
    }

    [Fact]
    public async Task Rollout_of_an_unknown_model_or_with_a_wrong_step_names_the_field()
    {
        using var unknown = await product.Api.PostAsJsonAsync(
            "api/v1/rollouts", new { model = "nobody", version = 1, environment = "production", kind = "immediate" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var wrong = await product.Api.PostAsJsonAsync(
            "api/v1/rollouts",
            new { model = "nobody", version = 1, environment = "production", kind = "canary", steps = new[] { new { share_percent = 120, hold_seconds = 1, minimum_predictions = 1 } } },
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("share_percent", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_key()
    {
        using var client = new HttpClient { BaseAddress = product.Web };
        using var answer = await client.GetAsync("api/v1/models", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        using var enlisting = await client.PostAsJsonAsync("api/v1/nodes/enlist", new { name = "stranger" }, TestContext.Current.CancellationToken);
        Assert.True(enlisting.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest, enlisting.StatusCode.ToString());
    }

    private async Task<string> RejectedChecks(string model, string contract, string golden)
    {
        var releases = new Releases(product, model);
        await releases.CreateModel();
        var version = await releases.Upload(DemoModels.Artifact("champion"), contract, golden);
        await Eventually.Holds(async () => (string?)(await releases.Version(version))["status"] == "rejected", TimeSpan.FromSeconds(60), () => product.Log);
        return (await releases.Version(version))["checks"]!.ToJsonString();
    }

    private async Task<(HttpStatusCode Status, string Text)> Upload(string model, byte[] artifact, string contract, string? golden)
    {
        await product.Api.PostAsJsonAsync("api/v1/models", new { name = model });
        using var form = Form(artifact, contract, golden);
        using var answer = await product.Api.PostAsync($"api/v1/models/{model}/versions", form);
        var versions = (await product.Api.GetFromJsonAsync<JsonNode>($"api/v1/models/{model}"))!["versions"]!.AsArray();
        Assert.Empty(versions);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static MultipartFormDataContent Form(byte[] artifact, string contract, string? golden)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(artifact), "artifact", "model.onnx" }, { new StringContent(contract), "contract" } };
        if (golden is not null) form.Add(new StringContent(golden), "golden");
        return form;
    }
}
