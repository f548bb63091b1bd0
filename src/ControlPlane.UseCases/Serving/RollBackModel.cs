using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>
/// Takes a model back at once: with an open rollout to its champion (the rollout is rolled back), otherwise to <paramref name="ToVersion"/> or to the champion before.
/// The target must be loaded on the nodes.
/// </summary>
public sealed record RollBackModel(string Model, string Environment, int? ToVersion, string Reason) : IRequest<RollBackResult>, IPermitted
{
    public Permission? Needs => Permission.RollBack;
}

/// <summary>The new split generation and how long each node took, counted from the request.</summary>
public sealed record RollBackResult(long Generation, int Champion, double SavedMilliseconds, IReadOnlyList<NodeAcknowledgement> Nodes);

/// <summary>One node's answer; <paramref name="AcknowledgedMilliseconds"/> is null for a node that did not answer, with the reason.</summary>
public sealed record NodeAcknowledgement(string Node, double? AcknowledgedMilliseconds, string? Reason);

public sealed class RollBackModelValidator : AbstractValidator<RollBackModel>
{
    public RollBackModelValidator() => RuleFor(request => request.Reason)
        .Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("must be given")
        .MaximumLength(Lengths.Paragraph).WithMessage($"must have at most {Lengths.Paragraph} characters");
}

public sealed class RollBackModelHandler(ControlPlaneContext database, IExposedRollout rollout, DirectRollBack direct, FleetSettings fleet, TimeProvider clock)
    : IRequestHandler<RollBackModel, RollBackResult>
{
    private const int MostAttempts = 5;

    public async Task<RollBackResult> Handle(RollBackModel request, CancellationToken cancellationToken)
    {
        var requestedAt = clock.GetUtcNow();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await rollout.RollBack(request.Model, request.Environment, request.ToVersion, request.Reason, requestedAt, cancellationToken)
                    ?? await direct.ToVersion(await Target(request, cancellationToken), request, requestedAt, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // The schedule, or somebody else, was faster: the roll-back is tried again on what is there now.
                database.ChangeTracker.Clear();
                if (attempt == MostAttempts) throw new RefusedException(RefusalKind.Conflict, "The split keeps changing at this moment; try again.");
            }
            catch (RefusedException refusal)
            {
                await direct.Refused(request, refusal, cancellationToken);
                throw;
            }
        }
    }

    private async Task<int> Target(RollBackModel request, CancellationToken cancellationToken)
    {
        if (!await database.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        if (!await database.Environments.AnyAsync(environment => environment.Name == request.Environment, cancellationToken))
            throw RefusedException.NotFound($"environment {request.Environment}");
        var split = await database.Splits.AsNoTracking()
            .SingleOrDefaultAsync(split => split.Environment == request.Environment && split.Model == request.Model, cancellationToken)
            ?? throw new RefusedException(RefusalKind.Conflict, $"{request.Model} was never released in {request.Environment}.");
        var target = request.ToVersion ?? await ChampionBefore(split, cancellationToken);
        if (target == split.Champion) throw new RefusedException(RefusalKind.Conflict, $"Version {target} is the champion already.");
        await RequireLoaded(request, target, cancellationToken);
        return target;
    }

    // The champion before a roll-back is the version that was just taken back: a second click must not bring it up again.
    private async Task<int> ChampionBefore(Split split, CancellationToken cancellationToken)
    {
        var cause = await database.Releases.Where(release => release.Environment == split.Environment && release.Model == split.Model && release.ServedUntil == null)
            .Select(release => (ReleaseCause?)release.Cause).SingleOrDefaultAsync(cancellationToken);
        if (cause == ReleaseCause.RolledBack)
            throw new RefusedException(RefusalKind.Conflict, $"{split.Model} was rolled back to version {split.Champion} already; name to_version to go further.");
        return split.PreviousChampion ?? throw new RefusedException(RefusalKind.Conflict, $"{split.Model} had no champion before version {split.Champion} in {split.Environment}.");
    }

    private async Task RequireLoaded(RollBackModel request, int target, CancellationToken cancellationToken)
    {
        var digest = await database.Versions.Where(version => version.Model == request.Model && version.Version == target)
            .Select(version => version.ReleaseDigest).SingleOrDefaultAsync(cancellationToken)
            ?? throw RefusedException.NotFound($"version {target} of {request.Model}");
        var since = clock.GetUtcNow().AddSeconds(-fleet.LeaseSeconds);
        var alive = await database.Nodes.AsNoTracking().Where(node => node.Environment == request.Environment && node.LastReportAt >= since).ToListAsync(cancellationToken);
        if (alive.Count == 0) throw new RefusedException(RefusalKind.Conflict, $"No node of {request.Environment} reports, so it is not known whether version {target} is loaded.");
        var without = alive.Where(node => !node.Placements.Any(placement => placement.State == PlacementState.Ready && placement.Model == request.Model
            && placement.Version == target && placement.ReleaseDigest == digest)).Select(node => node.Name).Order().ToList();
        if (without.Count > 0)
            throw new RefusedException(RefusalKind.Conflict, $"Version {target} is not loaded on {string.Join(", ", without)}: release it with an immediate rollout instead.");
    }
}
