using ControlPlane.Domain.Serving;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Charts;

namespace ControlPlane.Web.Registry;

/// <summary>What a model's page shows of its split and releases.</summary>
public static class ModelFigures
{
    /// <summary>champion, challenger or shadow; null for a version that gets nothing.</summary>
    public static string? Role(SplitView? split, int version) => split switch
    {
        null => null,
        { Champion: { } champion } when champion == version => "champion",
        _ when split.Shares.Any(share => share.Version == version && share.SharePercent > 0) => "challenger",
        _ when split.Mirrors.Any(mirror => mirror.Version == version) => "shadow",
        _ => null,
    };

    /// <summary>An upright line where each release began.</summary>
    public static IReadOnlyList<ChartMarker> Markers(IReadOnlyList<ReleaseView> releases) =>
        [.. releases.Select(release => new ChartMarker(release.From.ToUnixTimeMilliseconds(), release.Cause == ReleaseCause.RolledBack ? $"back to v{release.Version}" : $"v{release.Version} released"))];
}
