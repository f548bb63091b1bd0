using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>A new, empty model. The name is what clients call: lower-case letters, digits and hyphens, 2 to 64.</summary>
public sealed record CreateModel(string Name, string? Description) : IRequest<ModelView>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

internal sealed class CreateModelValidator : AbstractValidator<CreateModel>
{
    public CreateModelValidator()
    {
        RuleFor(request => request.Name).NotEmpty().WithMessage("must not be empty")
            .Matches("^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$").WithMessage("must be 2 to 64 lower-case letters, digits and hyphens, and neither begin nor end with a hyphen");
        RuleFor(request => request.Description).MaximumLength(Lengths.Paragraph).WithMessage($"must be at most {Lengths.Paragraph} characters long");
    }
}

internal sealed class CreateModelHandler(ControlPlaneContext context, ICurrentCaller currentCaller, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<CreateModel, ModelView>
{
    public async Task<ModelView> Handle(CreateModel request, CancellationToken cancellationToken)
    {
        if (await IsTaken(request.Name, cancellationToken)) throw Taken(request.Name);
        var model = new Model { Name = request.Name, Description = request.Description ?? "", CreatedAt = clock.GetUtcNow(), CreatedBy = currentCaller.Caller.Name };
        context.Models.Add(model);
        audit.Append("model_created", $"models/{model.Name}", detail: new { model.Description });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else may have made it since it was looked for.
            context.ChangeTracker.Clear();
            if (await IsTaken(request.Name, cancellationToken)) throw Taken(request.Name);
            throw;
        }

        return new(model.Name, model.Description, model.CreatedAt, null, null, []);
    }

    private Task<bool> IsTaken(string name, CancellationToken cancellationToken) => context.Models.AnyAsync(model => model.Name == name, cancellationToken);

    private static RefusedException Taken(string name) => new(RefusalKind.Conflict, $"There is a model {name} already.");
}
