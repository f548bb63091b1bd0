using ControlPlane.Domain.Access;
using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>What was champion when, newest first; with <paramref name="At"/> what served at that instant.</summary>
public sealed record ListReleases(string? Model = null, string? Environment = null, DateTimeOffset? At = null) : IRequest<IReadOnlyList<ReleaseView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>One stretch of time in which a version was champion.</summary>
public sealed record ReleaseView(
    string Model,
    string Environment,
    int Version,
    string ReleaseDigest,
    DateTimeOffset From,
    DateTimeOffset? Until,
    ReleaseCause Cause,
    string By,
    string Reason,
    long? RolloutId,
    long Generation);

public sealed class ListReleasesHandler(ControlPlaneContext database) : IRequestHandler<ListReleases, IReadOnlyList<ReleaseView>>
{
    private const int Most = 1000;

    public async Task<IReadOnlyList<ReleaseView>> Handle(ListReleases request, CancellationToken cancellationToken)
    {
        var releases = database.Releases.AsNoTracking();
        if (request.Model is { } model) releases = releases.Where(release => release.Model == model);
        if (request.Environment is { } environment) releases = releases.Where(release => release.Environment == environment);
        if (request.At is { } at) releases = releases.Where(release => release.ServedFrom <= at && (release.ServedUntil == null || release.ServedUntil > at));
        return await releases
            .OrderByDescending(release => release.ServedFrom).ThenByDescending(release => release.Id)
            .Take(Most)
            .Select(release => new ReleaseView(
                release.Model, release.Environment, release.Version, release.ReleaseDigest, release.ServedFrom, release.ServedUntil,
                release.Cause, release.By, release.Reason, release.RolloutId, release.Generation))
            .ToListAsync(cancellationToken);
    }
}
