namespace ControlPlane.Worker.Serving;

/// <summary>Bounded queue of copies for shadow versions; whoever empties it calls <see cref="MirrorRun"/>.</summary>
public interface IMirrorQueue
{
    /// <summary>False when the queue is full: the copy is dropped and counted for (model, version) by the queue.</summary>
    bool TryEnqueue(MirrorRequest request);
}
