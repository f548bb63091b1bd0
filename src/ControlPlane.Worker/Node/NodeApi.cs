using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;

namespace ControlPlane.Worker.Node;

/// <summary>What the node answers besides inference: who it is, and instructions that are pushed.</summary>
public static class NodeApi
{
    private const string Scheme = "Bearer ";
    private const long MostInstructionBytes = 256L * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", WhoIsThere);
        routes.MapPost(NodePaths.Instruction, TakeInstruction);
    }

    private static IResult WhoIsThere(NodeSettings settings, ServingTableHolder table, PredictionWindows windows) => Results.Json(
        new NodeGreeting(settings.Name, settings.Environment, ProgramVersion.Text, table.Current.Ready, windows.UncountedRequests),
        NodeJson.Options);

    private static async Task<IResult> TakeInstruction(HttpContext context, WebGateway web, InstructionDesk desk)
    {
        if (!IsKey(context.Request.Headers.Authorization.ToString(), web.Identity?.NodeKey)) return Error(StatusCodes.Status401Unauthorized, "this is not the key of this node");
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostInstructionBytes;
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
