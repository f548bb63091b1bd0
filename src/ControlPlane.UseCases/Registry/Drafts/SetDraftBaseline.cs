using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Replaces a draft's reference rows, or leaves them out: then the golden samples give the baseline.</summary>
/// <param name="Stamp">As it was read; when somebody saved since then: Conflict.</param>
/// <param name="Csv">The reference; read by the draft's contract when that can be read, else for its form alone. Null leaves it out.</param>
public sealed record SetDraftBaseline(string Model, Guid Id, Guid Stamp, Stream? Csv) : IRequest<DraftView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class SetDraftBaselineHandler(DraftWriter writer, IArtifactStore store) : IRequestHandler<SetDraftBaseline, DraftView>
{
    public async Task<DraftView> Handle(SetDraftBaseline request, CancellationToken cancellationToken)
    {
        var draft = await writer.Open(request.Model, request.Id, request.Stamp, cancellationToken);
        draft.BaselineDigest = request.Csv is null ? null : await Store(request.Csv, draft.ContractText, cancellationToken);
        return await writer.Keep(draft, cancellationToken);
    }

    private async Task<string> Store(Stream csv, string contractText, CancellationToken cancellationToken)
    {
        var stored = await store.Store(csv, cancellationToken);
        await using var stream = await store.Open(stored.Digest, cancellationToken) ?? throw RefusedException.Invalid(ReferenceReader.Part, $"{stored.Digest} is not in the store");
        var problems = ContractReader.Read(contractText).Contract is { } contract
            ? (await ReferenceReader.Read(stream, contract)).Problems
            : await ReferenceReader.CheckForm(stream);
        return problems.Count == 0 ? stored.Digest : throw new RefusedException(RefusalKind.Invalid, string.Join("; ", problems), problems);
    }
}
