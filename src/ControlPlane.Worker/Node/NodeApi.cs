using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;
using ControlPlane.Worker.Trials;

namespace ControlPlane.Worker.Node;

/// <summary>What the node answers besides inference: who it is, instructions that are pushed, and trials.</summary>
public static class NodeApi
{
    private const string Scheme = "Bearer ";
    private const long MostInstructionBytes = 256L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", WhoIsThere);
        routes.MapPost(NodePaths.Instruction, TakeInstruction);
        routes.MapPost(NodePaths.Trial, Try);
    }

    private static IResult WhoIsThere(NodeSettings settings, ServingTableHolder table, PredictionWindows windows) => Results.Json(
        new NodeGreeting(settings.Name, settings.Environment, ProgramVersion.Text, table.Current.Ready, windows.UncountedRequests),
        NodeJson.Options);

    private static async Task<IResult> TakeInstruction(HttpContext context, WebGateway web, InstructionDesk desk)
    {
        if (!IsKey(context.Request.Headers.Authorization.ToString(), web.Identity?.NodeKey)) return WrongKey();
        AllowLargeBody(context);
        try
        {
            var instruction = await JsonSerializer.DeserializeAsync<NodeInstruction>(context.Request.Body, NodeJson.Options, context.RequestAborted);
            return instruction is { Placements: not null, Splits: not null, Checks: not null }
                ? Results.Json(desk.Apply(instruction), NodeJson.Options)
                : Error(StatusCodes.Status400BadRequest, "placements, splits and checks must be given");
        }
        catch (JsonException cause)
        {
            return Error(StatusCodes.Status400BadRequest, $"{cause.Path}: is not an instruction");
        }
    }

    private static async Task<IResult> Try(HttpContext context, WebGateway web, TrialDesk desk)
    {
        if (!IsKey(context.Request.Headers.Authorization.ToString(), web.Identity?.NodeKey)) return WrongKey();
        AllowLargeBody(context);
        try
        {
            var order = await JsonSerializer.DeserializeAsync<TrialOrder>(context.Request.Body, NodeJson.Options, context.RequestAborted);
            return order is { Model: not null, ReleaseDigest: not null, ArtifactDigest: not null, ContractJson: not null } && (order.GoldenDigest is not null || order.Row is { InputsJson: not null })
                ? Results.Json(await desk.Try(order, context.RequestAborted), NodeJson.Options)
                : Error(StatusCodes.Status400BadRequest, "model, release_digest, artifact_digest, contract_json and either row or golden_digest must be given");
        }
        catch (JsonException cause)
        {
            return Error(StatusCodes.Status400BadRequest, $"{cause.Path}: is not a trial");
        }
        catch (PredictionException cause)
        {
            return Error(StatusCodes.Status503ServiceUnavailable, cause.Message);
        }
        catch (Exception cause) when (cause is IOException or HttpRequestException or DigestMismatchException && !context.RequestAborted.IsCancellationRequested)
        {
            return Error(StatusCodes.Status503ServiceUnavailable, $"the artifact could not be fetched: {cause.Message}");
        }
    }

    private static IResult WrongKey() => Error(StatusCodes.Status401Unauthorized, "this is not the key of this node");

    private static void AllowLargeBody(HttpContext context)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostInstructionBytes;
    }

    /// <summary>Constant in time over all keys of one length, so that a key cannot be guessed letter by letter.</summary>
    private static bool IsKey(string authorization, string? key) =>
        key is { Length: > 0 }
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), Encoding.UTF8.GetBytes(key));

    private static IResult Error(int status, string sentence) => Results.Json(new { error = sentence }, NodeJson.Options, statusCode: status);
}

/// <summary>Who a node is; a control plane that finds its node's port taken knows its own node by the name.</summary>
/// <param name="UncountedRequests">Requests that were answered but whose counts were given up, because the control plane was away for too long.</param>
public sealed record NodeGreeting(string Name, string Environment, string Version, bool Ready, long UncountedRequests);
