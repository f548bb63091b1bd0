using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Audit;

/// <summary>Audit entries, newest first.</summary>
public sealed record ListAudit(string? Subject = null, string? Action = null, DateTimeOffset? Since = null, int Skip = 0, int Take = 100) : IRequest<IReadOnlyList<AuditView>>, IPermitted
{
    public Permission? Needs => Permission.ReadAudit;
}

/// <summary>Who did what to what, when, from where and why. Subject is a path such as <c>models/fraud-scoring/versions/3</c>.</summary>
public sealed record AuditView(long Id, DateTimeOffset At, string ActorKind, string Actor, string? Address, string Action, string Subject, string? Reason, string? DetailJson);
