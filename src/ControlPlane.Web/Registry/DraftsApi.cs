using ControlPlane.UseCases.Registry.Drafts;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ControlPlane.Web.Registry;

/// <summary>Drafts of versions over HTTP.</summary>
public static class DraftsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var drafts = api.MapGroup("/models/{model}/drafts").WithTags("Registry");
        drafts.MapGet("", (string model, IMediator mediator, CancellationToken cancel) => mediator.Send(new ListDrafts(model), cancel))
            .WithSummary("The drafts of a model, the one changed last first.").ProducesProblem(StatusCodes.Status404NotFound);
        drafts.MapPost("", Create).WithSummary("A new draft of a version (from_version), of an artifact of the model (artifact_digest), of a contract's text, or of several of them.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        drafts.MapGet("/{id:guid}", (string model, Guid id, IMediator mediator, CancellationToken cancel) => mediator.Send(new GetDraft(model, id), cancel))
            .WithSummary("One draft with everything that is wrong with it now.").ProducesProblem(StatusCodes.Status404NotFound);
        drafts.MapPut("/{id:guid}", Save).WithSummary("Changes a draft; the contract may be wrong, or no JSON at all. 409 when somebody saved since the stamp was read.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        drafts.MapDelete("/{id:guid}", Discard).WithSummary("Throws a draft away.").ProducesProblem(StatusCodes.Status404NotFound);
        DraftFilesApi.Map(drafts);
        drafts.MapPost("/{id:guid}/version", MakeVersion).WithSummary("Makes a version of a draft and removes the draft; refused with every problem, it stays as it was.")
            .Produces<UploadedBody>(StatusCodes.Status202Accepted).Produces<UploadedBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Created<DraftView>> Create(string model, NewDraftBody body, IMediator mediator, CancellationToken cancel)
    {
        var draft = await mediator.Send(new CreateDraft(model, body.FromVersion, body.ArtifactDigest, body.Contract, body.Notes), cancel);
        return TypedResults.Created($"/api/v1/models/{draft.Model}/drafts/{draft.Id}", draft);
    }

    private static Task<DraftView> Save(string model, Guid id, DraftBody body, IMediator mediator, CancellationToken cancel) =>
        mediator.Send(new SaveDraft(model, id, body.Stamp, body.Contract, body.Notes, body.ArtifactDigest), cancel);

    private static async Task<NoContent> Discard(string model, Guid id, IMediator mediator, CancellationToken cancel)
    {
        await mediator.Send(new DiscardDraft(model, id), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> MakeVersion(string model, Guid id, HttpContext http, IMediator mediator, CancellationToken cancel, Guid? stamp = null) =>
        UploadedBody.Of(await mediator.Send(new CreateVersionFromDraft(model, id, stamp), cancel)).Answer(http);
}

/// <summary>What a new draft is made of; at least one of the first three.</summary>
/// <param name="Contract">The contract's text, JSON or not.</param>
public sealed record NewDraftBody(int? FromVersion = null, string? ArtifactDigest = null, string? Contract = null, string? Notes = null);

/// <summary>Changes of a draft; what is absent stays.</summary>
public sealed record DraftBody(Guid Stamp, string? Contract = null, string? Notes = null, string? ArtifactDigest = null);
