using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Access;

/// <summary>Makes the first person of an installation; refused (Conflict) as soon as there is one, also when two ask at once.</summary>
public sealed record CreateFirstAdministrator(string Email, string DisplayName, string Password) : IRequest, IPermitted
{
    public Permission? Needs => null;
}

internal sealed class CreateFirstAdministratorValidator : AbstractValidator<CreateFirstAdministrator>
{
    public CreateFirstAdministratorValidator()
    {
        RuleFor(request => request.Email).NotEmpty().WithMessage("must not be empty").EmailAddress().WithMessage("must be an e-mail address")
            .MaximumLength(Lengths.Line).WithMessage($"must be at most {Lengths.Line} characters long");
        RuleFor(request => request.DisplayName).NotEmpty().WithMessage("must not be empty")
            .MaximumLength(Lengths.Line).WithMessage($"must be at most {Lengths.Line} characters long");
        RuleFor(request => request.Password).NotEmpty().WithMessage("must not be empty");
    }
}

internal sealed class CreateFirstAdministratorHandler(ControlPlaneContext context, UserManager<Person> people, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<CreateFirstAdministrator>
{
    public async Task<Unit> Handle(CreateFirstAdministrator request, CancellationToken cancellationToken)
    {
        if (await context.FirstAdministrators.AnyAsync(cancellationToken)) throw AlreadyThere();
        var now = clock.GetUtcNow();
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            UserName = request.Email,
            Email = request.Email,
            EmailConfirmed = true,
            DisplayName = request.DisplayName,
            Roles = [Role.Administrator],
            CreatedAt = now,
        };
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The row's fixed key lets one of two win, on every database and from every process.
        context.FirstAdministrators.Add(new FirstAdministrator { PersonId = person.Id, CreatedAt = now });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            if (await context.FirstAdministrators.AnyAsync(cancellationToken)) throw AlreadyThere();
            throw;
        }

        var result = await people.CreateAsync(person, request.Password);
        if (!result.Succeeded) throw Refusal(result);
        audit.Append("first_administrator_created", $"people/{person.Id}", by: new(CallerKind.Person, request.Email, person.Roles, null));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    private static RefusedException AlreadyThere() => new(RefusalKind.Conflict, "There is an administrator already.");

    private static RefusedException Refusal(IdentityResult result)
    {
        var problems = result.Errors
            .Select(error => new Problem(error.Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email", error.Description)).ToList();
        return new(RefusalKind.Invalid, string.Join(" ", problems), problems);
    }
}
