namespace ControlPlane.OnnxRuntime;

/// <summary>One message of the native library's logger.</summary>
public sealed record OrtLogMessage(OrtLogSeverity Severity, string Category, string Location, string Text);

/// <summary>The library's severities; the numbers are the library's.</summary>
public enum OrtLogSeverity
{
    Verbose = 0,
    Information = 1,
    Warning = 2,
    Error = 3,
    Fatal = 4,
}
