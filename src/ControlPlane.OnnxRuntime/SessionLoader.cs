using System.Text;

namespace ControlPlane.OnnxRuntime;

/// <summary>Makes native sessions.</summary>
internal static unsafe class SessionLoader
{
    private const int OptimizeNothing = 0, OptimizeAll = 99;

    // Nothing can lie below /dev/null, so external data of a model in bytes is never found: see Load.
    private const string NoFolder = "/dev/null/none";

    public static OrtHandle Load(ReadOnlyMemory<byte> model, SessionOptions options, CancellationToken cancellation)
    {
        var environment = OrtEnvironment.Handle;
        using var native = NewOptions(options);
        using var held = native.Use();
        // Left alone, the library reads external data of a model in bytes from the current directory and below.
        AddEntry(held.Value, "session.model_external_initializers_file_folder_path", NoFolder);
        using var pin = model.Pin();
        nint session = 0;
        nint status;
        cancellation.ThrowIfCancellationRequested();
        using (var root = environment.Use())
        using (cancellation.UnsafeRegister(Cancel, native))
            status = OrtApi.CreateSessionFromArray(root.Value, pin.Pointer, (nuint)model.Length, held.Value, &session);
        return Finish(status, session, cancellation);
    }

    public static OrtHandle LoadFile(string path, SessionOptions options, CancellationToken cancellation)
    {
        var environment = OrtEnvironment.Handle;
        using var native = NewOptions(options);
        using var held = native.Use();
        nint session = 0;
        nint status;
        cancellation.ThrowIfCancellationRequested();
        using (var root = environment.Use())
        using (cancellation.UnsafeRegister(Cancel, native))
        fixed (byte* file = PathText(path))
            status = OrtApi.CreateSession(root.Value, file, held.Value, &session);
        return Finish(status, session, cancellation);
    }

    private static OrtHandle Finish(nint status, nint session, CancellationToken cancellation)
    {
        if (status == 0)
            return new OrtHandle(session, OrtApi.ReleaseSession, OrtEnvironment.Handle);
        var failure = OrtStatus.Take(status);
        throw failure.Code == OrtErrorCode.ModelLoadCanceled
            ? new OperationCanceledException(failure.Message, failure, cancellation)
            : failure;
    }

    private static OrtHandle NewOptions(SessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.IntraOpThreads);
        _ = OrtEnvironment.Handle;
        nint made;
        OrtStatus.Check(OrtApi.CreateSessionOptions(&made));
        var handle = new OrtHandle(made, OrtApi.ReleaseSessionOptions);
        try
        {
            Apply(made, options);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
        return handle;
    }

    private static void Apply(nint native, SessionOptions options)
    {
        OrtStatus.Check(OrtApi.SetIntraOpNumThreads(native, options.IntraOpThreads));
        OrtStatus.Check(OrtApi.SetSessionGraphOptimizationLevel(native, options.OptimizeGraph ? OptimizeAll : OptimizeNothing));
        var spinning = options.Spinning ? "1" : "0";
        AddEntry(native, "session.intra_op.allow_spinning", spinning);
        AddEntry(native, "session.inter_op.allow_spinning", spinning);
        if (options.Arena)
            return;
        // A memory pattern is kept for each input shape ever seen and is of use to the arena only.
        OrtStatus.Check(OrtApi.DisableCpuMemArena(native));
        OrtStatus.Check(OrtApi.DisableMemPattern(native));
    }

    private static void AddEntry(nint native, string key, string value)
    {
        fixed (byte* keyText = ZeroEnded(key), valueText = ZeroEnded(value))
            OrtStatus.Check(OrtApi.AddSessionConfigEntry(native, keyText, valueText));
    }

    private static void Cancel(object? options)
    {
        using var held = ((OrtHandle)options!).Use();
        OrtStatus.Check(OrtApi.SessionOptionsSetLoadCancellationFlag(held.Value, 1));
    }

    // The library takes paths as UTF-16 on Windows and as UTF-8 elsewhere.
    private static byte[] PathText(string path) =>
        OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(path + '\0') : ZeroEnded(path);

    private static byte[] ZeroEnded(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
