using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>How much a model's versions may change under its consumers, from the next rollout on.</summary>
public sealed record SetCompatibility(string Model, CompatibilityMode Mode) : IRequest<CompatibilityView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

/// <summary>A model's compatibility mode.</summary>
public sealed record CompatibilityView(string Model, CompatibilityMode Mode);

internal sealed class SetCompatibilityValidator : AbstractValidator<SetCompatibility>
{
    public SetCompatibilityValidator() => RuleFor(request => request.Mode).IsInEnum().WithMessage($"must be one of {SnakeCaseWord.All<CompatibilityMode>()}");
}

internal sealed class SetCompatibilityHandler(ControlPlaneContext context, IAuditTrail audit) : IRequestHandler<SetCompatibility, CompatibilityView>
{
    public async Task<CompatibilityView> Handle(SetCompatibility request, CancellationToken cancellationToken)
    {
        var model = await context.Models.AsTracking().SingleOrDefaultAsync(model => model.Name == request.Model, cancellationToken)
            ?? throw RefusedException.NotFound($"model {request.Model}");
        if (model.Compatibility != request.Mode)
        {
            audit.Append("compatibility_set", $"models/{model.Name}", detail: new { Before = model.Compatibility, After = request.Mode });
            model.Compatibility = request.Mode;
            await context.SaveChangesAsync(cancellationToken);
        }

        return new(model.Name, model.Compatibility);
    }
}
