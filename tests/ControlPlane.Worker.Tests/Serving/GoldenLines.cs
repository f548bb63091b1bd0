using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>Golden samples written in a test.</summary>
internal sealed class GoldenLines(IReadOnlyList<GoldenSample> samples) : IGoldenSource
{
    public int Count => samples.Count;

    public IEnumerable<GoldenSample> Samples() => samples;

    public static GoldenLines Of(LoadedVersion version, params string[] lines) => Of(version, Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static GoldenLines Of(LoadedVersion version, byte[] lines)
    {
        var reading = GoldenSamples.Read(lines, version.Contract);
        Assert.Empty(reading.Problems);
        return new(reading.Samples);
    }

    public static Task<GoldenReplay> Replay(LoadedVersion version, params string[] lines) =>
        version.ReplayGolden(Of(version, lines), () => true, TestContext.Current.CancellationToken);
}
