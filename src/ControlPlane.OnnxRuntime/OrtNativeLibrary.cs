using System.Runtime.InteropServices;

namespace ControlPlane.OnnxRuntime;

/// <summary>Finds and loads ONNX Runtime's own library and asks it for its function table.</summary>
internal static unsafe class OrtNativeLibrary
{
    // The lowest version that has every function used here; the table only ever grows, so any later library serves it.
    private const uint ApiVersion = 22;

    private static readonly Lazy<(nint Table, string Version)> Loaded = new(Load);

    public static nint* Table => (nint*)Loaded.Value.Table;

    public static string Version => Loaded.Value.Version;

    private static (nint, string) Load()
    {
        var path = FindFile();
        var library = NativeLibrary.Load(path);
        var getBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        var apiBase = getBase();
        var getApi = (delegate* unmanaged<uint, nint>)apiBase[0];
        var getVersion = (delegate* unmanaged<byte*>)apiBase[1];
        var version = Marshal.PtrToStringUTF8((nint)getVersion()) ?? "unknown";
        var table = getApi(ApiVersion);
        return table != 0
            ? (table, version)
            : throw new OrtException(OrtErrorCode.NotImplemented, $"ONNX Runtime {version} at {path} does not offer API version {ApiVersion}.");
    }

    private static string FindFile()
    {
        var chosen = Environment.GetEnvironmentVariable("ORT_LIBRARY_PATH");
        if (!string.IsNullOrEmpty(chosen))
            return chosen;
        var (system, file) = OperatingSystem.IsWindows() ? ("win", "onnxruntime.dll")
            : OperatingSystem.IsMacOS() ? ("osx", "libonnxruntime.1.dylib")
            : ("linux", "libonnxruntime.so.1");
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return Path.Combine(AppContext.BaseDirectory, "runtimes", $"{system}-{architecture}", "native", file);
    }
}
