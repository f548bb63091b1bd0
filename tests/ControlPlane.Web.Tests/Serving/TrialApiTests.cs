using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Web.Tests.Serving;

/// <summary>Trials over HTTP on both sides: a client's request to Web, and Web's to a node of the protocol alone.</summary>
public sealed class TrialApiTests : IAsyncLifetime
{
    private const string Versions = "/api/v1/models/tried/versions";
    private const string Contract = """
        {"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "FR", "US"]}],
         "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1}]}
        """;

    private readonly StartedWeb _web = new();
    private readonly List<(string Key, TrialOrder Order)> _orders = [];
    private WebApplication _node = null!;
    private Func<IResult> _answer = () => Results.StatusCode(500);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _node = builder.Build();
        _node.MapPost(NodePaths.Trial, async (HttpContext context) =>
        {
            _orders.Add((context.Request.Headers.Authorization.ToString(), (await context.Request.ReadFromJsonAsync<TrialOrder>(NodeJson.Options))!));
            return _answer();
        });
        await _node.StartAsync();
        await (await _web.Api().PostJson("/api/v1/models", """{"name": "tried"}""")).Json(HttpStatusCode.Created);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(ModelPath())), "artifact", "model.onnx" },
            { new StringContent(Contract), "contract" },
            { new StringContent("""{"inputs": {"amount": 1, "tenure": 2, "country": "DE"}, "outputs": {"score": 0.5}}"""), "golden" },
        };
        await (await _web.Api().PostAsync(Versions, form)).Json(HttpStatusCode.Accepted);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Row_goes_to_the_node_with_its_key_and_every_stage_comes_back()
    {
        var key = await Enlist();
        var number = JsonSerializer.SerializeToElement(0.31);
        var stages = new TrialStages(new(true), new(new Dictionary<string, JsonElement> { ["amount"] = number }, new Dictionary<string, TrialTensor>()), null, null);
        _answer = () => Results.Json(
            new TrialAnswer(false, new(stages, null, [new("model", "", "It ended.")], "model", new Dictionary<string, double> { ["payload"] = 3.5 }, []), null, null), NodeJson.Options);

        var tried = await (await _web.Api().PostJson($"{Versions}/1/try", """{"inputs": {"amount": 1e2, "unknown": null}, "response_version": "1"}""")).Json(HttpStatusCode.OK);

        Assert.Equal(("n1", "model", 3.5), ((string)tried["node"]!, (string)tried["failed_stage"]!, (double)tried["microseconds"]!["payload"]!));
        Assert.Equal(0.31, (double)tried["stages"]!["preprocessing"]!["columns"]!["amount"]!);
        Assert.Equal("It ended.", (string)tried["problems"]![0]!["sentence"]!);
        var (authorization, order) = Assert.Single(_orders);
        Assert.Equal(($"Bearer {key}", """{"amount": 1e2, "unknown": null}""", "1"), (authorization, order.Row!.InputsJson, order.Row.ResponseVersion));
    }

    [Fact]
    public async Task Golden_run_answers_with_the_report_that_the_version_then_shows()
    {
        await Enlist();
        _answer = () => Results.Json(
            new TrialAnswer(false, null, new(1, 1, 1, 0.2, "preprocessing", [new(1, "preprocessing", "{}", null, [new("preprocessing", "amount", "0.31", "0.52", 0.21)])]), null), NodeJson.Options);

        var report = await (await _web.Api().PostJson($"{Versions}/1/golden-runs", "")).Json(HttpStatusCode.OK);
        var version = await (await _web.Api().GetAsync($"{Versions}/1", TestContext.Current.CancellationToken)).Json(HttpStatusCode.OK);

        Assert.Equal(("preprocessing", "n1"), ((string)report["first_stage"]!, (string)report["node"]!));
        Assert.Equal("0.52", (string)version["golden_report"]!["worst"]![0]!["differences"]![0]!["got_json"]!);
        Assert.Equal("checking", (string)version["status"]!);
    }

    [Fact]
    public async Task No_node_or_a_busy_one_is_unavailable_with_a_sentence()
    {
        var nobody = await (await _web.Api().PostJson($"{Versions}/1/try", """{"inputs": {}}""")).Problem(HttpStatusCode.ServiceUnavailable);
        Assert.StartsWith("No node reports", (string)nobody["detail"]!);
        await Enlist();
        _answer = () => Results.Json(new { error = "it is busy with other trials; try again shortly" }, statusCode: 503);
        var busy = await (await _web.Api().PostJson($"{Versions}/1/try", """{"inputs": {}}""")).Problem(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("No node could try it: n1 answered 503 Service Unavailable: it is busy with other trials; try again shortly.", (string)busy["detail"]!);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "inputs")]
    [InlineData("""{"inputs": [1]}""", "inputs")]
    [InlineData("""{"inputs": {}, "response_version": 1}""", "response_version")]
    [InlineData("""{"inputs": {}, "rows": []}""", "rows")]
    public async Task Wrong_body_names_the_field(string json, string field) => await (await _web.Api().PostJson($"{Versions}/1/try", json)).Problem(HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Unknown_version_is_not_found() => await (await _web.Api().PostJson($"{Versions}/7/try", """{"inputs": {}}""")).Problem(HttpStatusCode.NotFound);

    private async Task<string> Enlist()
    {
        var node = new EnlistRequest("n1", _node.Urls.Single(), "production", Guid.NewGuid(), "0.1.0", "1.30.0", 2, 1 << 30);
        using var request = new HttpRequestMessage(HttpMethod.Post, NodePaths.Enlist) { Content = JsonContent.Create(node, options: NodeJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StartedWeb.JoinToken);
        using var answer = await _web.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<EnlistAnswer>(NodeJson.Options, TestContext.Current.CancellationToken))!.NodeKey;
    }

    private static string ModelPath([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "ControlPlane.Worker.Tests", "Models", "scorer.onnx");
}
