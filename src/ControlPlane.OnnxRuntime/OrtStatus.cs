using System.Runtime.InteropServices;

namespace ControlPlane.OnnxRuntime;

/// <summary>Turns a status of the C API into an exception and sets it free.</summary>
internal static unsafe class OrtStatus
{
    public static void Check(nint status)
    {
        if (status != 0)
            throw Take(status);
    }

    public static OrtException Take(nint status)
    {
        var code = (OrtErrorCode)OrtApi.GetErrorCode(status);
        var text = Marshal.PtrToStringUTF8((nint)OrtApi.GetErrorMessage(status)) ?? "";
        OrtApi.ReleaseStatus(status);
        return new OrtException(code, text);
    }
}
