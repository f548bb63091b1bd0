using System.Security.Cryptography;
using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Rollouts;

/// <summary>Writes a rollout down. Only a ready version may be proposed; one open rollout per model and environment.</summary>
/// <param name="AcceptedChanges">Paths of the breaking changes that whoever proposes it names and accepts; submit asks for them.</param>
public sealed record DraftRollout(string Model, int Version, string Environment, RolloutPlan Plan, IReadOnlyList<string>? AcceptedChanges = null) : IRequest<RolloutView>, IPermitted
{
    public Permission? Needs => Plan.Kind == RolloutKind.Immediate ? Permission.ReleaseImmediately : Permission.ProposeRollout;
}

public sealed class DraftRolloutValidator : AbstractValidator<DraftRollout>
{
    private const int MostChanges = 10_000;
    private const int MostCharacters = 512;

    public DraftRolloutValidator()
    {
        RuleFor(request => request.AcceptedChanges).Must(paths => paths is null || paths.Count <= MostChanges).WithMessage($"must name at most {MostChanges} changes");
        RuleForEach(request => request.AcceptedChanges)
            .Must(path => path is { Length: > 0 and <= MostCharacters }).WithMessage($"must be a path of 1 to {MostCharacters} characters, as in outputs/score");
    }
}

public sealed class DraftRolloutHandler(ControlPlaneContext database, RolloutJournal journal, RolloutReader reader, TimeProvider clock) : IRequestHandler<DraftRollout, RolloutView>
{
    private const int SaltBytes = 8;

    public async Task<RolloutView> Handle(DraftRollout request, CancellationToken cancellationToken)
    {
        if (RolloutPlanCheck.Problems(request.Plan) is { Count: > 0 } problems)
            throw new RefusedException(RefusalKind.Invalid, string.Join(" ", problems), problems);
        var version = await Version(request, cancellationToken);
        var environment = await database.Environments.AsNoTracking().SingleOrDefaultAsync(row => row.Name == request.Environment, cancellationToken)
            ?? throw RefusedException.NotFound($"environment {request.Environment}");
        var champion = await Champion(request, cancellationToken);
        await RefuseSecond(request, cancellationToken);
        var now = clock.GetUtcNow();
        var rollout = new Rollout(
            0, request.Model, request.Environment, request.Version, champion, request.Plan, environment.RequiredApprovals, 0, RolloutPhase.Drafted, 0, null,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)), "Written down.");
        var row = RolloutRow.Draft(rollout, version.ReleaseDigest, journal.By, now);
        row.AcceptedChanges = request.AcceptedChanges ?? [];
        return await Save(request, row, cancellationToken);
    }

    private async Task<RolloutView> Save(DraftRollout request, RolloutRow row, CancellationToken cancellationToken)
    {
        // The id comes from the database and the history needs it, so two saves make one transaction.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            database.Rollouts.Add(row);
            await database.SaveChangesAsync(cancellationToken);
            journal.Drafted(row);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            database.ChangeTracker.Clear();
            await RefuseSecond(request, cancellationToken);
            throw;
        }

        return await reader.View(row.Id, cancellationToken);
    }

    private async Task<ModelVersion> Version(DraftRollout request, CancellationToken cancellationToken)
    {
        if (!await database.Models.AnyAsync(model => model.Name == request.Model, cancellationToken)) throw RefusedException.NotFound($"model {request.Model}");
        var version = await database.Versions.AsNoTracking()
            .SingleOrDefaultAsync(version => version.Model == request.Model && version.Version == request.Version, cancellationToken)
            ?? throw RefusedException.NotFound($"version {request.Version} of {request.Model}");
        return version.Status switch
        {
            VersionStatus.Ready => version,
            VersionStatus.Checking => throw new RefusedException(RefusalKind.Conflict, $"Version {request.Version} is still being checked."),
            VersionStatus.Rejected => throw new RefusedException(RefusalKind.Conflict, $"Version {request.Version} failed a check and cannot be released."),
            VersionStatus.Archived => throw new RefusedException(RefusalKind.Conflict, $"Version {request.Version} is archived."),
        };
    }

    private async Task<int?> Champion(DraftRollout request, CancellationToken cancellationToken)
    {
        var champion = await reader.Champion(request.Environment, request.Model, cancellationToken);
        if (champion == request.Version) throw new RefusedException(RefusalKind.Conflict, $"Version {request.Version} is already the champion in {request.Environment}.");
        return champion is null && request.Plan.Kind != RolloutKind.Immediate
            ? throw RefusedException.Invalid("kind", $"must be immediate: {request.Model} has no champion in {request.Environment} to compare with yet")
            : champion;
    }

    private async Task RefuseSecond(DraftRollout request, CancellationToken cancellationToken)
    {
        var open = await database.Rollouts.AsNoTracking()
            .Where(row => row.Environment == request.Environment && row.Model == request.Model && row.OpenSlot != null)
            .Select(row => new { row.Id, row.Phase }).FirstOrDefaultAsync(cancellationToken);
        if (open is not null)
            throw new RefusedException(RefusalKind.Conflict, $"Rollout {open.Id} of {request.Model} is open ({SnakeCaseWord.Of(open.Phase)}); finish or cancel it first.");
    }
}
