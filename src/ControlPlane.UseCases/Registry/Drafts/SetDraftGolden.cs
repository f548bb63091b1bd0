using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Replaces a draft's golden samples, or leaves them out. Whether they fit the contract is told by the draft's problems, and held against it when a version is made.</summary>
/// <param name="Stamp">As it was read; when somebody saved since then: Conflict.</param>
/// <param name="Golden">JSON lines, or CSV under the names of the draft's contract; null leaves them out.</param>
/// <param name="IsCsv">Null when nobody told: JSON lines begin with a brace.</param>
public sealed record SetDraftGolden(string Model, Guid Id, Guid Stamp, string? Golden, bool? IsCsv = null) : IRequest<DraftView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class SetDraftGoldenHandler(DraftWriter writer, StoredTexts texts) : IRequestHandler<SetDraftGolden, DraftView>
{
    public async Task<DraftView> Handle(SetDraftGolden request, CancellationToken cancellationToken)
    {
        var draft = await writer.Open(request.Model, request.Id, request.Stamp, cancellationToken);
        draft.GoldenDigest = request.Golden is null ? null
            : (await texts.Store(await GoldenForm.ToJsonLines(request.Golden, request.IsCsv, draft.ContractText), cancellationToken)).Digest;
        return await writer.Keep(draft, cancellationToken);
    }
}
