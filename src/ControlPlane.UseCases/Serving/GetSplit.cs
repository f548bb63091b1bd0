using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>A model's split in an environment.</summary>
public sealed record GetSplit(string Model, string Environment = "production") : IRequest<SplitView>, IPermitted
{
    public Permission? Needs => Permission.View;
}
