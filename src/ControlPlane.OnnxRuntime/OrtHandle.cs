using System.Runtime.InteropServices;

namespace ControlPlane.OnnxRuntime;

/// <summary>
/// The life of one native object. A lease keeps it alive over a call, so a dispose meanwhile takes effect when the last lease ends.
/// An owner (the environment of a session) is kept alive as long as this object is.
/// </summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;
    private readonly OrtHandle? _owner;
    private volatile bool _disposed;

    public OrtHandle(nint value, delegate* unmanaged<nint, void> release, OrtHandle? owner = null)
        : base(0, ownsHandle: true)
    {
        _release = release;
        SetHandle(value);
        var taken = false;
        owner?.DangerousAddRef(ref taken);
        _owner = owner;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Keeps the object alive until the lease's dispose; refused once the object is disposed.</summary>
    public Lease Use()
    {
        // SafeHandle itself goes on giving references out as long as one is held, so under load it would never be released.
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Lease(this);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        _release(handle);
        _owner?.DangerousRelease();
        return true;
    }

    public readonly ref struct Lease : IDisposable
    {
        private readonly OrtHandle _handle;

        public Lease(OrtHandle handle)
        {
            var taken = false;
            handle.DangerousAddRef(ref taken);
            _handle = handle;
        }

        public nint Value => _handle.handle;

        public void Dispose() => _handle.DangerousRelease();
    }
}
