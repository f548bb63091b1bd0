using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Registry;

/// <summary>A new, empty model. The name is what clients call: lower-case letters, digits and hyphens, 2 to 64.</summary>
public sealed record CreateModel(string Name, string? Description) : IRequest<ModelView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}
