using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Makes a version of a draft, by the same way as an upload, and removes the draft. Refused with every problem, it stays as it was.</summary>
/// <param name="Stamp">When given, the draft must still be the one that was read: otherwise Conflict.</param>
public sealed record CreateVersionFromDraft(string Model, Guid Id, Guid? Stamp = null) : IRequest<UploadedVersion>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class CreateVersionFromDraftHandler(ControlPlaneContext context, DraftReader reader, StoredTexts texts, IMediator mediator) : IRequestHandler<CreateVersionFromDraft, UploadedVersion>
{
    public async Task<UploadedVersion> Handle(CreateVersionFromDraft request, CancellationToken cancellationToken)
    {
        var draft = await reader.Find(request.Model, request.Id, cancellationToken);
        var stamp = request.Stamp ?? draft.Stamp;
        if (draft.Stamp != stamp) throw DraftWriter.Stale();
        if (draft.ArtifactDigest is null) throw RefusedException.Invalid("artifact", "is missing: the draft has no artifact yet");
        // An upload without a contract has one inferred; here the text is what the person wrote, also when it is nothing.
        if (string.IsNullOrWhiteSpace(draft.ContractText)) throw RefusedException.Invalid("contract", "is empty");
        var golden = await texts.Read("golden", draft.GoldenDigest, cancellationToken);
        var reference = await texts.Find("baseline", draft.BaselineDigest, cancellationToken);
        var upload = new UploadVersion(
            draft.Model, new(draft.ArtifactDigest, draft.ArtifactBytes), draft.ContractText, golden, draft.Notes, GoldenIsCsv: false, reference, ImportNotes: draft.ImportNotes);
        var uploaded = await mediator.Send(upload, cancellationToken);
        // Not one commit with the version: after a crash between them the draft is still there, and the same release answers with the version made.
        await context.ContractDrafts.Where(found => found.Id == draft.Id && found.Stamp == stamp).ExecuteDeleteAsync(cancellationToken);
        return uploaded;
    }
}
