using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>One model with its versions.</summary>
public sealed record GetModel(string Name, string Environment = "production") : IRequest<ModelView>, IPermitted
{
    public Permission? Needs => Permission.View;
}
