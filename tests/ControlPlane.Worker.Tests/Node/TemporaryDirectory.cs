namespace ControlPlane.Worker.Tests.Node;

/// <summary>A directory that ends with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("controlplane-node-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
