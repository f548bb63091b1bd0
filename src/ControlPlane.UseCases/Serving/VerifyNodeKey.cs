using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Whether a bearer secret is the key of a node that belongs; it opens the artifacts.</summary>
public sealed record VerifyNodeKey(string Key) : IRequest<bool>, IPermitted
{
    public Permission? Needs => null;
}

internal sealed class VerifyNodeKeyHandler(ControlPlaneContext context) : IRequestHandler<VerifyNodeKey, bool>
{
    public async Task<bool> Handle(VerifyNodeKey request, CancellationToken cancellationToken)
    {
        var keys = await context.Nodes.AsNoTracking().Select(node => node.Key).ToListAsync(cancellationToken);
        // Compared here and not by the database, so that the time taken tells nothing of how much was right.
        return keys.Exists(key => NodeKey.IsSame(request.Key, key));
    }
}
