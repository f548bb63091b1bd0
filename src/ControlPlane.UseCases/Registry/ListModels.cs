using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>Every model, by name, without its versions' details.</summary>
public sealed record ListModels(string Environment = "production") : IRequest<IReadOnlyList<ModelView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}
