namespace ControlPlane.Web.Tests;

/// <summary>A folder of its own for one test, removed after it.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("controlplane-web-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
