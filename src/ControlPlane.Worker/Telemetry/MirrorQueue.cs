using System.Threading.Channels;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Telemetry;

/// <summary>Copies that wait for shadow versions. Bounded: a copy that finds it full is dropped and counted, and the client never waits.</summary>
public sealed class MirrorQueue(PredictionWindows windows, int capacity = MirrorQueue.DefaultCapacity) : IMirrorQueue
{
    public const int DefaultCapacity = 2000;

    private readonly Channel<MirrorRequest> _waiting = Channel.CreateBounded<MirrorRequest>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<MirrorRequest> Waiting => _waiting.Reader;

    public bool TryEnqueue(MirrorRequest request)
    {
        if (_waiting.Writer.TryWrite(request)) return true;
        Drop(request);
        return false;
    }

    public void Drop(MirrorRequest request) => windows.RecordDroppedMirror(request.Model, request.Version);
}
