using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace ControlPlane.OnnxRuntime;

/// <summary>
/// ONNX Runtime in this process: made at the first use, never taken down. What the library would write to stderr goes to <see cref="Log"/>.
/// </summary>
public static unsafe class OrtEnvironment
{
    private const int KeptLogMessages = 256;

    // Bounded and dropping the oldest: the library logs from its own threads, which must neither wait nor run our code.
    private static readonly Channel<OrtLogMessage> LogChannel = Channel.CreateBounded<OrtLogMessage>(
        new BoundedChannelOptions(KeptLogMessages) { FullMode = BoundedChannelFullMode.DropOldest });

    private static readonly Lazy<OrtHandle> Environment = new(Create);
    private static readonly Lazy<nint> CpuMemory = new(CreateMemoryInfo);
    private static readonly Lazy<nint> DefaultAllocator = new(FindAllocator);

    /// <summary>The version of the native library, for example "1.30.0".</summary>
    public static string Version => OrtNativeLibrary.Version;

    /// <summary>The native library's own account of how it was built.</summary>
    public static string BuildInfo
    {
        get
        {
            using var held = Handle.Use();
            return Marshal.PtrToStringUTF8((nint)OrtApi.GetBuildInfoString()) ?? "";
        }
    }

    /// <summary>The library's warnings and errors, the newest 256 that nobody has read yet.</summary>
    public static ChannelReader<OrtLogMessage> Log => LogChannel.Reader;

    internal static OrtHandle Handle => Environment.Value;

    internal static nint MemoryInfo => CpuMemory.Value;

    internal static nint Allocator => DefaultAllocator.Value;

    private static OrtHandle Create()
    {
        // Asked first, so that a missing library shows as itself and not as a failed type initialiser of the function table.
        _ = OrtNativeLibrary.Version;
        nint environment;
        fixed (byte* name = "ControlPlane\0"u8)
            OrtStatus.Check(OrtApi.CreateEnvWithCustomLogger(&Write, null, (int)OrtLogSeverity.Warning, name, &environment));
        var handle = new OrtHandle(environment, OrtApi.ReleaseEnv);
        OrtStatus.Check(OrtApi.DisableTelemetryEvents(environment));
        return handle;
    }

    private static nint CreateMemoryInfo()
    {
        const int deviceAllocator = 0, defaultMemory = 0;
        nint info;
        OrtStatus.Check(OrtApi.CreateCpuMemoryInfo(deviceAllocator, defaultMemory, &info));
        return info;
    }

    private static nint FindAllocator()
    {
        nint allocator;
        OrtStatus.Check(OrtApi.GetAllocatorWithDefaultOptions(&allocator));
        return allocator;
    }

    [UnmanagedCallersOnly]
    private static void Write(void* state, int severity, byte* category, byte* logId, byte* location, byte* message) =>
        LogChannel.Writer.TryWrite(new OrtLogMessage((OrtLogSeverity)severity, Text(category), Text(location), Text(message)));

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
