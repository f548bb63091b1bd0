using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Telemetry;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Telemetry;

public sealed class MirrorQueueTests
{
    [Fact]
    public void Full_queue_drops_and_counts()
    {
        var windows = new PredictionWindows(new FakeClock());
        var queue = new MirrorQueue(windows, capacity: 2);
        var copy = new MirrorRequest("m", 3, PayloadForm.Rows, ReadOnlyMemory<byte>.Empty, 0, [], []);
        Assert.Equal([true, true, false, false, false], Enumerable.Range(0, 5).Select(_ => queue.TryEnqueue(copy)));
        var report = Assert.Single(windows.Changed(10)).Report;
        Assert.Equal(("mirror", 3, 0L, 3L), (report.Role, report.Version, report.Requests, report.MirrorDropped));
    }
}
