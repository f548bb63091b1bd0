using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ControlPlane.Web.Tests;

/// <summary>Short ways to ask and to read what is answered.</summary>
internal static class Answers
{
    public static async Task<JsonNode> Json(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Problem details of the status given, whose errors name the field.</summary>
    public static async Task<JsonNode> Problem(this HttpResponseMessage answer, HttpStatusCode status, string? field = null)
    {
        var problem = await answer.Json(status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, (int)problem["status"]!);
        if (field is not null) Assert.True(problem["errors"]?[field] is not null, problem.ToJsonString());
        return problem;
    }

    public static Task<HttpResponseMessage> PostJson(this HttpClient client, string path, string json, string contentType = "application/json") =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, contentType), TestContext.Current.CancellationToken);
}
