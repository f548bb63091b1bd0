using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>One version with contract and checks.</summary>
public sealed record GetVersion(string Model, int Version) : IRequest<VersionView>, IPermitted
{
    public Permission? Needs => Permission.View;
}
