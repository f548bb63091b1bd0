using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.Web.Tests.Api;

/// <summary>Comparison, compatibility, consumers and acknowledgements as programs see them, over two real uploads.</summary>
public sealed class ConsumersApiTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Fact]
    public async Task Renamed_output_is_compared_and_acknowledged()
    {
        await Versions("renamed-output");
        var consumer = await Register("renamed-output", """{"name": "billing", "owner": "Team Billing", "contact": "#billing", "fields": ["score"]}""");
        var comparison = await Get("/api/v1/models/renamed-output/versions/2/comparison");
        Assert.Equal((1, "backward", true), ((int)comparison["against"]!, (string)comparison["mode"]!, (bool)comparison["blocked"]!));
        var change = Assert.Single(comparison["changes"]!.AsArray())!;
        Assert.Equal(("breaking", "outputs/score", "score", "risk"), ((string)change["kind"]!, (string)change["path"]!, (string)change["before"]!, (string)change["after"]!));
        Assert.Equal("billing", (string)Assert.Single(change["consumers"]!.AsArray())!);
        Assert.Equal("outputs/score", (string)Assert.Single(comparison["must_name"]!.AsArray())!);
        Assert.False((bool)comparison["consumers"]![0]!["acknowledged"]!);
        var said = await (await web.Api().PostJson($"/api/v1/consumers/{consumer["id"]}/acknowledgements", """{"version": 2, "comment": "ready"}""")).Json(HttpStatusCode.OK);
        Assert.True((bool)said["acknowledged"]!);
        comparison = await Get("/api/v1/models/renamed-output/versions/2/comparison?against=1");
        Assert.Equal((false, "ready"), ((bool)comparison["blocked"]!, (string)comparison["consumers"]![0]!["comment"]!));
    }

    [Fact]
    public async Task Consumer_is_listed_changed_and_removed()
    {
        await Versions("with-consumers");
        var consumer = await Register("with-consumers", """{"name": "billing", "owner": "a", "contact": "b"}""");
        Assert.Equal(1, (int)consumer["response_major"]!);
        var path = $"/api/v1/consumers/{consumer["id"]}";
        using var blind = await web.Api().PutAsJsonAsync(path, new { name = "billing", owner = "x", contact = "y" }, TestContext.Current.CancellationToken);
        await blind.Problem(HttpStatusCode.BadRequest, "stamp");
        using var changed = await web.Api().PutAsJsonAsync(path, new { name = "billing", owner = "c", contact = "d", stamp = (string)consumer["stamp"]! }, TestContext.Current.CancellationToken);
        Assert.Equal("c", (string)(await changed.Json(HttpStatusCode.OK))["owner"]!);
        using var late = await web.Api().PutAsJsonAsync(path, new { name = "billing", owner = "e", contact = "f", stamp = (string)consumer["stamp"]! }, TestContext.Current.CancellationToken);
        await late.Problem(HttpStatusCode.Conflict);
        Assert.Contains((await Get("/api/v1/consumers")).AsArray(), each => (string)each!["owner"]! == "c");
        using var removed = await web.Api().DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty((await Get("/api/v1/models/with-consumers/consumers")).AsArray());
    }

    [Fact]
    public async Task Compatibility_is_set_and_shown()
    {
        await Versions("with-a-mode");
        using var answer = await web.Api().PutAsJsonAsync("/api/v1/models/with-a-mode/compatibility", new { mode = "full" }, TestContext.Current.CancellationToken);
        Assert.Equal("full", (string)(await answer.Json(HttpStatusCode.OK))["mode"]!);
        Assert.Equal("full", (string)(await Get("/api/v1/models/with-a-mode"))["compatibility"]!);
        using var wrong = await web.Api().PutAsJsonAsync("/api/v1/models/with-a-mode/compatibility", new { mode = "forward" }, TestContext.Current.CancellationToken);
        await wrong.Problem(HttpStatusCode.BadRequest, "mode");
    }

    [Theory]
    [InlineData("""{"name": "billing", "owner": "", "contact": "b"}""", "owner")]
    [InlineData("""{"name": "B", "owner": "a", "contact": "b"}""", "name")]
    [InlineData("""{"name": "billing", "owner": "a"}""", "contact")]
    [InlineData("""{"name": "billing", "owner": "a", "contact": "b", "response_major": 0}""", "response_major")]
    [InlineData("""{"name": "billing", "owner": "a", "contact": "b", "fields": ["colour"]}""", "fields[0]")]
    [InlineData("""{"name": "billing", "owner": "a", "contact": "b", "fields": [null]}""", "fields[0]")]
    public async Task Wrong_consumer_names_the_field(string json, string field)
    {
        await Versions("wrong-consumers");
        await (await web.Api().PostJson("/api/v1/models/wrong-consumers/consumers", json)).Problem(HttpStatusCode.BadRequest, field);
        Assert.Empty((await Get("/api/v1/models/wrong-consumers/consumers")).AsArray());
    }

    private async Task<JsonNode> Get(string path) => await (await web.Api().GetAsync(path, TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);

    private async Task<JsonNode> Register(string model, string json) => await (await web.Api().PostJson($"/api/v1/models/{model}/consumers", json)).Json(HttpStatusCode.Created);

    private async Task Versions(string model)
    {
        using var made = await web.Api().PostJson("/api/v1/models", $$"""{"name": "{{model}}"}""");
        if (made.StatusCode == HttpStatusCode.Conflict) return;
        foreach (var output in new[] { "score", "risk" })
        {
            var contract = $$"""{"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "FR", "US"]}], "outputs": [{"name": "{{output}}", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1}]}""";
            var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Models", "scorer.onnx"), TestContext.Current.CancellationToken);
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "artifact", "model.onnx" }, { new StringContent(contract), "contract" } };
            using var answer = await web.Api().PostAsync($"/api/v1/models/{model}/versions", form, TestContext.Current.CancellationToken);
            await answer.Json(HttpStatusCode.Accepted);
        }
    }
}
