using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ControlPlane.Web.Serving;

/// <summary>What nodes call. They bring a key of their own, which the use cases compare; people's and programs' keys do not open these doors.</summary>
public static class NodeProtocolApi
{
    private const long ReportBytes = 64 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        var nodes = api.MapGroup("").WithTags("Node protocol").AllowAnonymous();
        nodes.MapPost("/nodes/enlist", Enlist).WithSummary("A node asks to belong; bearer is the join token.").Accepts<EnlistRequest>("application/json").Produces<EnlistAnswer>();
        nodes.MapPost("/nodes/{id:guid}/report", Report).WithSummary("A node's heartbeat; bearer is the node key.").WithMetadata(new RequestSizeLimitAttribute(ReportBytes))
            .Accepts<NodeReport>("application/json").Produces<NodeReportAnswer>();
        nodes.MapGet("/artifacts/{digest}", Artifact).WithSummary("An artifact's or a golden file's bytes; ranges work. For nodes, and for people and keys that may view models.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static async Task<IResult> Enlist(HttpRequest request, IMediator mediator, CancellationToken cancel)
    {
        var token = Bearer(request, "join token");
        var answer = await mediator.Send(new EnlistNode(token, await Read<EnlistRequest>(request, cancel)), cancel);
        return Results.Json(answer, NodeJson.Options);
    }

    private static async Task<IResult> Report(Guid id, HttpRequest request, IMediator mediator, CancellationToken cancel)
    {
        var key = Bearer(request, "node key");
        var answer = await mediator.Send(new ReportNode(id, key, await Read<NodeReport>(request, cancel)), cancel);
        return Results.Json(answer, NodeJson.Options);
    }

    private static async Task<IResult> Artifact(string digest, HttpRequest request, ArtifactReaders readers, IArtifactStore artifacts, CancellationToken cancel)
    {
        await readers.Require(request, cancel);
        var content = await artifacts.Open(digest, cancel) ?? throw RefusedException.NotFound($"artifact {digest}");
        return Results.Stream(content, "application/octet-stream", entityTag: new EntityTagHeaderValue($"\"{digest}\""), enableRangeProcessing: true);
    }

    private static string Bearer(HttpRequest request, string what) =>
        ApiKeyAuthentication.Bearer(request) ?? throw new RefusedException(RefusalKind.Unauthenticated, $"The {what} is missing: send it as Authorization: Bearer.");

    private static async Task<T> Read<T>(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, NodeJson.Options, cancel) ?? throw RefusedException.Invalid("body", "must be an object");
        }
        catch (JsonException fault)
        {
            throw Api.JsonFault.Refusal(fault);
        }
    }
}
