using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Audit;

/// <summary>Audit entries, newest first. <paramref name="Subject"/> takes everything below it too.</summary>
public sealed record ListAudit(string? Subject = null, string? Action = null, DateTimeOffset? Since = null, int Skip = 0, int Take = 100) : IRequest<IReadOnlyList<AuditView>>, IPermitted
{
    public Permission? Needs => Permission.ReadAudit;
}

/// <summary>Who did what to what, when, from where and why. Subject is a path such as <c>models/fraud-scoring/versions/3</c>.</summary>
public sealed record AuditView(long Id, DateTimeOffset At, string ActorKind, string Actor, string? Address, string Action, string Subject, string? Reason, string? DetailJson);

internal sealed class ListAuditValidator : AbstractValidator<ListAudit>
{
    public ListAuditValidator()
    {
        RuleFor(request => request.Skip).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
        RuleFor(request => request.Take).InclusiveBetween(1, 1000).WithMessage("must be between 1 and 1000");
    }
}

internal sealed class ListAuditHandler(ControlPlaneContext context) : IRequestHandler<ListAudit, IReadOnlyList<AuditView>>
{
    public async Task<IReadOnlyList<AuditView>> Handle(ListAudit request, CancellationToken cancellationToken)
    {
        var entries = context.AuditEntries.AsNoTracking();
        if (request.Subject is { } subject)
        {
            var below = $"{subject.TrimEnd('/')}/";
            entries = entries.Where(entry => entry.Subject == subject || entry.Subject.StartsWith(below));
        }

        if (request.Action is { } action) entries = entries.Where(entry => entry.Action == action);
        if (request.Since is { } since) entries = entries.Where(entry => entry.At >= since);
        return await entries.OrderByDescending(entry => entry.Id).Skip(request.Skip).Take(request.Take)
            .Select(entry => new AuditView(
                entry.Id, entry.At, entry.ActorKind, entry.Actor, entry.Address, entry.Action, entry.Subject, entry.Reason, entry.DetailJson))
            .ToListAsync(cancellationToken);
    }
}
