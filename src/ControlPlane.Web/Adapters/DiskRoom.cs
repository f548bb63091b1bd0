using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.Web.Adapters;

/// <summary>Tells a full disk from other faults.</summary>
internal static class DiskRoom
{
    private const int NoSpaceLeftOnDevice = 28;
    private const int DiskQuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool IsExhausted(IOException fault) => fault.HResult is NoSpaceLeftOnDevice or DiskQuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull;

    /// <summary>What the system says of it holds a path of this machine, which is none of the caller's business.</summary>
    public static RefusedException Refusal() => new(RefusalKind.Unavailable, "The disk of the artifact store is full; nothing was stored.");
}
