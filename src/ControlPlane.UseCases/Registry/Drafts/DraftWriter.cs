using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>Changes drafts so that two who edit at once do not overwrite each other.</summary>
[UseCasePart]
internal sealed class DraftWriter(ControlPlaneContext context, DraftReader reader, TimeProvider clock)
{
    /// <exception cref="RefusedException">NotFound when the model has no such draft; Conflict when it was changed since the stamp was read.</exception>
    public async Task<ContractDraft> Open(string model, Guid id, Guid stamp, CancellationToken cancellationToken)
    {
        var draft = await reader.Find(model, id, cancellationToken);
        return draft.Stamp == stamp ? draft : throw Stale();
    }

    /// <summary>Saves what was changed in the draft, under a new stamp.</summary>
    /// <exception cref="RefusedException">Conflict when somebody else saved in between.</exception>
    public async Task<DraftView> Keep(ContractDraft draft, CancellationToken cancellationToken)
    {
        draft.ChangedAt = clock.GetUtcNow();
        draft.Stamp = Guid.NewGuid();
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Stale();
        }

        return await reader.View(draft, cancellationToken);
    }

    public static RefusedException Stale() => new(RefusalKind.Conflict, "Somebody else changed this draft since it was read; read it again.");
}
