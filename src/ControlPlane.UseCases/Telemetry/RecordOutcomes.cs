using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

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

internal sealed class RecordOutcomesValidator : AbstractValidator<RecordOutcomes>
{
    public const int MaximumOutcomes = 10_000;

    public RecordOutcomesValidator() => RuleFor(request => request.Outcomes)
        .Must(outcomes => outcomes is { Count: > 0 and <= MaximumOutcomes }).WithMessage($"must be 1 to {MaximumOutcomes} outcomes");
}

internal sealed class RecordOutcomesHandler(ControlPlaneContext context, TimeProvider clock) : IRequestHandler<RecordOutcomes, RecordedOutcomes>
{
    private const int Attempts = 5;
    private const int DigestsAQuery = 500;

    public async Task<RecordedOutcomes> Handle(RecordOutcomes request, CancellationToken cancellationToken)
    {
        var models = await context.Models.Select(model => model.Name).ToHashSetAsync(cancellationToken);
        var rejections = new List<RejectedOutcome>();
        var taken = new Dictionary<string, OutcomeReport>(StringComparer.Ordinal);
        var twice = 0;
        for (var index = 0; index < request.Outcomes.Count; index++)
        {
            var report = request.Outcomes[index];
            if (Refusal(report, models) is { } reason) rejections.Add(new(index, reason));
            else if (!taken.TryAdd(Digest(report), report)) twice++;
        }

        var accepted = await Keep(taken, cancellationToken);
        return new(accepted, twice + taken.Count - accepted, rejections.Count, rejections);
    }

    private async Task<int> Keep(Dictionary<string, OutcomeReport> reports, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var known = await FindKnown(reports.Keys, cancellationToken);
            var fresh = reports.Where(report => !known.Contains(report.Key)).ToList();
            context.Outcomes.AddRange(fresh.Select(report => ToRow(report.Key, report.Value)));
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return fresh.Count;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody else sent one of them at the same time; it is known now.
                context.ChangeTracker.Clear();
            }
        }
    }

    private async Task<HashSet<string>> FindKnown(IEnumerable<string> digests, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in digests.Chunk(DigestsAQuery))
            known.UnionWith(await context.Outcomes.Where(outcome => some.Contains(outcome.ReportDigest)).Select(outcome => outcome.ReportDigest).ToListAsync(cancellationToken));
        return known;
    }

    private Outcome ToRow(string digest, OutcomeReport report)
    {
        var now = clock.GetUtcNow();
        return new Outcome
        {
            ReportDigest = digest,
            PredictionId = report.PredictionId,
            Model = report.Model,
            RoutingKey = report.RoutingKey,
            Name = report.Name!,
            Value = report.Value!.Value,
            At = report.At ?? now,
            ReceivedAt = now,
        };
    }

    private static string? Refusal(OutcomeReport report, IReadOnlySet<string> models) => report switch
    {
        { PredictionId: null or "", RoutingKey: null or "" } => "prediction_id: must be given, or model and routing_key",
        { PredictionId: not (null or ""), RoutingKey: not (null or "") } => "routing_key: must not be given beside prediction_id",
        { PredictionId.Length: > Lengths.Line } => $"prediction_id: must be at most {Lengths.Line} characters long",
        { RoutingKey.Length: > Lengths.Line } => $"routing_key: must be at most {Lengths.Line} characters long",
        { RoutingKey: not (null or ""), Model: null or "" } => "model: must be given with routing_key",
        { Model: { Length: > 0 } model } when !models.Contains(model) => $"model: there is no model {model}",
        { Name: null or "" } => "name: must be given",
        { Name.Length: > Lengths.Name } => $"name: must be at most {Lengths.Name} characters long",
        { Value: null } => "value: must be given",
        { Value: { } value } when !double.IsFinite(value) => "value: must be a finite number",
        _ => null,
    };

    private static string Digest(OutcomeReport report)
    {
        string?[] parts =
        [
            report.PredictionId,
            report.Model,
            report.RoutingKey,
            report.Name,
            report.Value!.Value.ToString("R", CultureInfo.InvariantCulture),
            report.At?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ];
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))))}";
    }
}
