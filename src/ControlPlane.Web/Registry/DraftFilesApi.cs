using ControlPlane.UseCases.Registry.Drafts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ControlPlane.Web.Registry;

/// <summary>A draft's golden samples and reference rows over HTTP: the body is the file.</summary>
public static class DraftFilesApi
{
    private const long ReferenceBytes = 2L * 1024 * 1024 * 1024;

    // The text itself is refused above what golden samples may have, with a sentence; this is the room to say so.
    private const long GoldenBytes = 64L * 1024 * 1024;

    public static void Map(RouteGroupBuilder drafts)
    {
        Changes(drafts.MapPut("/{id:guid}/golden", PutGolden))
            .WithSummary("Replaces a draft's golden samples (JSON lines or CSV, by content type or first character; kept as JSON lines). Those that do not fit the contract are kept and told as problems; a file that is neither form is refused.")
            .WithMetadata(new RequestSizeLimitAttribute(GoldenBytes)).Accepts<Stream>("application/x-ndjson", "application/json", "text/csv", "text/plain", "application/octet-stream").ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        Changes(drafts.MapDelete("/{id:guid}/golden", (string model, Guid id, Guid stamp, IMediator mediator, CancellationToken cancel) => mediator.Send(new SetDraftGolden(model, id, stamp, null), cancel)))
            .WithSummary("Leaves a draft's golden samples out.");
        Changes(drafts.MapPut("/{id:guid}/baseline", PutBaseline)).WithSummary("Replaces a draft's reference rows (CSV), read by the draft's contract when that can be read.")
            .WithMetadata(new RequestSizeLimitAttribute(ReferenceBytes)).Accepts<Stream>("text/csv", "text/plain", "application/octet-stream").ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        Changes(drafts.MapDelete("/{id:guid}/baseline", (string model, Guid id, Guid stamp, IMediator mediator, CancellationToken cancel) => mediator.Send(new SetDraftBaseline(model, id, stamp, null), cancel)))
            .WithSummary("Leaves a draft's reference rows out.");
    }

    private static RouteHandlerBuilder Changes(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<DraftView> PutGolden(string model, Guid id, Guid stamp, HttpRequest request, IMediator mediator, CancellationToken cancel)
    {
        var text = await PartText.Read("golden", request.Body, cancel);
        return await mediator.Send(new SetDraftGolden(model, id, stamp, text, PartText.IsCsv(request.ContentType, null)), cancel);
    }

    private static Task<DraftView> PutBaseline(string model, Guid id, Guid stamp, HttpRequest request, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new SetDraftBaseline(model, id, stamp, request.Body), cancel);
}
