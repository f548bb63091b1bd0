using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>Scheduled: removes uploads in pieces that nobody continued for two days; answers how many.</summary>
public sealed record PurgeUploads : IRequest<int>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

internal sealed class PurgeUploadsHandler(IUploadStore uploads, TimeProvider clock) : IRequestHandler<PurgeUploads, int>
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    public Task<int> Handle(PurgeUploads request, CancellationToken cancellationToken) => uploads.Purge(clock.GetUtcNow() - Patience, cancellationToken);
}
