using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node's heartbeat; stores windows and check results, answers with the newest instruction.</summary>
public sealed record ReportNode(Guid NodeId, string NodeKey, NodeReport Report) : IRequest<NodeReportAnswer>, IPermitted
{
    public Permission? Needs => null;
}

/// <summary>A report without one of its lists is no report; an empty list is.</summary>
public sealed class ReportNodeValidator : AbstractValidator<ReportNode>
{
    public ReportNodeValidator()
    {
        RuleFor(request => request.Report.Placements).Must(HoldNoNull).WithMessage("must be a list without nulls").OverridePropertyName("placements");
        RuleFor(request => request.Report.Generations).NotNull().WithMessage("must be an object").OverridePropertyName("generations");
        RuleFor(request => request.Report.Windows).Must(HoldNoNull).WithMessage("must be a list without nulls").OverridePropertyName("windows");
        RuleFor(request => request.Report.Checks).Must(HoldNoNull).WithMessage("must be a list without nulls").OverridePropertyName("checks");
    }

    private static bool HoldNoNull<T>(IReadOnlyList<T>? list) => list is not null && list.All(element => element is not null);
}

internal sealed class ReportNodeHandler(ControlPlaneContext context, ReportIntake intake, CheckAssignment checks, INodeInstructions instructions)
    : IRequestHandler<ReportNode, NodeReportAnswer>
{
    private const int Attempts = 3;

    public async Task<NodeReportAnswer> Handle(ReportNode request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var node = await context.Nodes.FindAsync([request.NodeId], cancellationToken);
            if (node is null || !NodeKey.IsSame(request.NodeKey, node.Key))
                throw new RefusedException(RefusalKind.Unauthenticated, "The node is unknown or its key is not the newest; enlist again.");
            await intake.Take(node, request.Report, cancellationToken);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // A repeated report that overtook this one stored the same windows or checks: merge with what is there now.
                context.ChangeTracker.Clear();
                continue;
            }

            await checks.TakeWaiting(node.Id, cancellationToken);
            return new(await instructions.For(node, cancellationToken));
        }
    }
}

/// <summary>Writes a report into the unit of work.</summary>
[UseCasePart]
internal sealed class ReportIntake(IMediator mediator, CheckIntake checks, TimeProvider clock)
{
    public async Task Take(Node node, NodeReport report, CancellationToken cancellationToken)
    {
        node.Incarnation = report.Incarnation;
        node.Ready = report.Ready;
        node.ResidentBytes = report.ResidentBytes;
        node.Placements = report.Placements;
        node.Generations = report.Generations;
        node.LastReportAt = clock.GetUtcNow();
        await mediator.Publish(new WindowsReported(node.Id, report.Incarnation, node.Environment, report.Windows), cancellationToken);
        await checks.Take(node, report.Checks, cancellationToken);
    }
}
