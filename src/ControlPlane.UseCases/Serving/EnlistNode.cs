using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node asks to belong; the join token is compared with the configured one.</summary>
public sealed record EnlistNode(string JoinToken, EnlistRequest Node) : IRequest<EnlistAnswer>, IPermitted
{
    public Permission? Needs => null;
}
