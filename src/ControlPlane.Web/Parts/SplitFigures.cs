using ControlPlane.UseCases.Serving;

namespace ControlPlane.Web.Parts;

/// <summary>One coloured stretch of a split bar.</summary>
public sealed record SplitPart(int Version, double SharePercent, bool IsChampion);

/// <summary>A split as a bar and as a sentence.</summary>
public static class SplitFigures
{
    /// <summary>The champion first, then those who take something from it.</summary>
    public static IReadOnlyList<SplitPart> Parts(SplitView split) =>
        [.. split.Shares.Where(share => share.SharePercent > 0)
            .Select(share => new SplitPart(share.Version, share.SharePercent, share.Version == split.Champion))
            .OrderByDescending(part => part.IsChampion)];

    public static string Sentence(SplitView split)
    {
        var answering = Parts(split).Select(part => $"v{part.Version} answers {Phrases.SharePercent(part.SharePercent)}");
        var mirrored = split.Mirrors.Select(mirror => $"{Phrases.SharePercent(mirror.SharePercent)} mirrored to v{mirror.Version}");
        return string.Join(", ", answering.Concat(mirrored));
    }
}
