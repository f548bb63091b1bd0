using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ControlPlane.Web.Tests.Access;

/// <summary>Who gets in where: nobody, a wrong key, keys of each role, a revoked key.</summary>
public sealed class AuthMatrixTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Theory]
    [InlineData("GET", "/api/v1/models")]
    [InlineData("POST", "/api/v1/models")]
    [InlineData("GET", "/api/v1/models/m/versions/1")]
    [InlineData("GET", "/api/v1/models/m/versions/1/baseline")]
    [InlineData("POST", "/api/v1/models/m/versions")]
    [InlineData("GET", "/api/v1/models/m/drafts")]
    [InlineData("PUT", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/golden")]
    [InlineData("DELETE", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/golden")]
    [InlineData("PUT", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/baseline")]
    [InlineData("DELETE", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/baseline")]
    [InlineData("GET", "/api/v1/models/m/versions/1/golden")]
    [InlineData("POST", "/api/v1/models/m/versions/1/try")]
    [InlineData("POST", "/api/v1/models/m/versions/1/golden-runs")]
    [InlineData("POST", "/api/v1/uploads")]
    [InlineData("POST", "/api/v1/rollouts")]
    [InlineData("POST", "/api/v1/rollouts/1/promote")]
    [InlineData("POST", "/api/v1/models/m/rollback")]
    [InlineData("GET", "/api/v1/consumers")]
    [InlineData("POST", "/api/v1/models/m/consumers")]
    [InlineData("GET", "/api/v1/models/m/versions/1/comparison")]
    [InlineData("GET", "/api/v1/releases")]
    [InlineData("GET", "/api/v1/audit")]
    [InlineData("GET", "/api/v1/nodes")]
    [InlineData("POST", "/api/v1/outcomes")]
    [InlineData("GET", "/api/v1/api-keys")]
    [InlineData("GET", "/api/v1/artifacts/sha256:00")]
    public async Task Nobody_and_an_unknown_key_get_401(string method, string path)
    {
        foreach (var key in new[] { null, "cp_unknown-0123456789abcdef0123456789abcdef" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST") request.Content = new StringContent("{}", null, "application/json");
            if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await web.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
            await answer.Problem(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("analyst", "GET", "/api/v1/models", HttpStatusCode.OK)]
    [InlineData("analyst", "POST", "/api/v1/models", HttpStatusCode.Forbidden)]
    [InlineData("data_scientist", "POST", "/api/v1/models", HttpStatusCode.Created)]
    [InlineData("data_scientist", "GET", "/api/v1/audit", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "GET", "/api/v1/audit", HttpStatusCode.OK)]
    [InlineData("analyst", "POST", "/api/v1/models/m/versions/1/golden-runs", HttpStatusCode.Forbidden)]
    [InlineData("analyst", "DELETE", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/golden?stamp=22222222-2222-2222-2222-222222222222", HttpStatusCode.Forbidden)]
    [InlineData("analyst", "DELETE", "/api/v1/models/m/drafts/22222222-2222-2222-2222-222222222222/baseline?stamp=22222222-2222-2222-2222-222222222222", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "POST", "/api/v1/uploads", HttpStatusCode.Forbidden)]
    [InlineData("operator", "GET", "/api/v1/nodes", HttpStatusCode.OK)]
    [InlineData("operator", "GET", "/api/v1/api-keys", HttpStatusCode.Forbidden)]
    public async Task Role_opens_what_it_is_trusted_with(string role, string method, string path, HttpStatusCode status)
    {
        var key = await CreateKey(role);
        var body = path.EndsWith("uploads", StringComparison.Ordinal) ? """{"file_name": "m.onnx", "bytes": 5}""" : """{"name": "made-by-a-data-scientist"}""";
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent(body, null, "application/json") : null };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)key["secret"]!);
        using var answer = await web.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Json(status);
    }

    [Fact]
    public async Task Revoked_key_is_refused()
    {
        var key = await CreateKey("administrator");
        using var client = web.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)key["secret"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/models", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await web.Api().DeleteAsync($"/api/v1/api-keys/{key["id"]}", TestContext.Current.CancellationToken)).StatusCode);
        await (await client.GetAsync("/api/v1/models", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Listed_keys_hold_no_secret()
    {
        var key = await CreateKey("analyst");
        var list = await web.Api().GetStringAsync("/api/v1/api-keys", TestContext.Current.CancellationToken);
        Assert.Contains((string)key["id"]!, list);
        Assert.DoesNotContain((string)key["secret"]!, list);
    }

    [Fact]
    public async Task Upload_of_somebody_else_is_unknown()
    {
        var mine = await (await web.Api().PostJson("/api/v1/uploads", """{"file_name": "m.onnx", "bytes": 5}""")).Json(HttpStatusCode.Created);
        var other = await CreateKey("data_scientist");
        using var client = web.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)other["secret"]!);
        await (await client.GetAsync($"/api/v1/uploads/{mine["id"]}", TestContext.Current.CancellationToken)).Problem(HttpStatusCode.NotFound);
    }

    private async Task<JsonNode> CreateKey(string role) =>
        await (await web.Api().PostJson("/api/v1/api-keys", $$"""{"name": "{{role}}-{{Guid.CreateVersion7():n}}", "role": "{{role}}"}""")).Json(HttpStatusCode.Created);
}
