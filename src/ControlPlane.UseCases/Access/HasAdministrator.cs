using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Access;

/// <summary>Whether the installation has an administrator yet; the first visit asks for one otherwise.</summary>
public sealed record HasAdministrator : IRequest<bool>, IPermitted
{
    public Permission? Needs => null;
}

internal sealed class HasAdministratorHandler(ControlPlaneContext context) : IRequestHandler<HasAdministrator, bool>
{
    public Task<bool> Handle(HasAdministrator request, CancellationToken cancellationToken) => context.FirstAdministrators.AnyAsync(cancellationToken);
}
