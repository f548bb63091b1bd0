using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Telemetry;

/// <summary>What really happened, by prediction id or by model and routing key; late, early or twice.</summary>
public sealed record RecordOutcomes(IReadOnlyList<OutcomeReport> Outcomes) : IRequest<RecordedOutcomes>, IPermitted
{
    public Permission? Needs => Permission.ReportOutcomes;
}

/// <summary>One outcome as it was sent.</summary>
public sealed record OutcomeReport(string? PredictionId, string? Model, string? RoutingKey, string? Name, double? Value, DateTimeOffset? At);

/// <summary>How many were taken, were known already, and were refused, with the reasons of the refused ones.</summary>
public sealed record RecordedOutcomes(int Accepted, int Duplicate, int Rejected, IReadOnlyList<RejectedOutcome> Rejections);

/// <summary>A refused outcome by its place in the request.</summary>
public sealed record RejectedOutcome(int Index, string Reason);
