using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>Takes in what a node found about versions. A report about checks that were finished or begun anew since is passed over, because nodes repeat themselves.</summary>
[UseCasePart]
internal sealed class CheckIntake(ControlPlaneContext context, IAuditTrail audit, TimeProvider clock)
{
    public async Task Take(Node node, IReadOnlyList<CheckReport> reports, CancellationToken cancellationToken)
    {
        if (reports.Count == 0) return;
        var ids = reports.Select(report => report.CheckId).ToList();
        var versions = await context.Versions
            .Where(version => version.Status == VersionStatus.Checking && version.CheckNodeId == node.Id && ids.Contains(version.CheckId)).ToListAsync(cancellationToken);
        for (var index = 0; index < reports.Count; index++)
        {
            if (versions.Find(version => version.CheckId == reports[index].CheckId) is { } version) Take(node, version, reports[index], $"checks[{index}]");
        }
    }

    private void Take(Node node, ModelVersion version, CheckReport report, string path)
    {
        var results = report.Results.Select((result, index) => ToResult(result, $"{path}.results[{index}]")).ToList();
        // Bins were found at upload and no node knows of them.
        results.Add(BaselineCheck.Judge(version.Baseline, clock.GetUtcNow()));
        version.Checks = results;
        version.GoldenReport = report.Golden is null ? null : GoldenReports.Of(report.Golden, node.Name, clock.GetUtcNow(), $"{path}.golden");
        version.Operators = report.Operators.Count > 0 ? report.Operators : version.Operators;
        version.Engine = report.Engine is null ? null : SnakeCaseWord.Parse<EnginePlace>(report.Engine)
            ?? throw RefusedException.Invalid($"{path}.engine", $"must be one of {SnakeCaseWord.All<EnginePlace>()}");
        version.Status = Passed(results) ? VersionStatus.Ready : VersionStatus.Rejected;
        var failed = results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Sentence);
        audit.Append(
            version.Status == VersionStatus.Ready ? "version_ready" : "version_rejected",
            $"models/{version.Model}/versions/{version.Version}",
            string.Join(" ", failed),
            new { Checks = results, version.Engine },
            new Caller(CallerKind.Node, node.Name, [], node.Address));
    }

    // A version that nobody could load is never ready, whatever else was said about it.
    private static bool Passed(List<CheckResult> results) =>
        results.Exists(result => result is { Name: CheckName.Loads, Outcome: CheckOutcome.Passed }) && results.TrueForAll(result => result.Outcome != CheckOutcome.Failed);

    private CheckResult ToResult(CheckResultReport report, string path) => new(
        SnakeCaseWord.Parse<CheckName>(report.Name) ?? throw RefusedException.Invalid($"{path}.name", $"must be one of {SnakeCaseWord.All<CheckName>()}"),
        SnakeCaseWord.Parse<CheckOutcome>(report.Outcome) ?? throw RefusedException.Invalid($"{path}.outcome", $"must be one of {SnakeCaseWord.All<CheckOutcome>()}"),
        report.Sentence,
        report.Figures,
        clock.GetUtcNow());
}
