namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>What a bundle may hold; whatever it says about itself, this is counted while it is read.</summary>
public static class BundleLimits
{
    public const int MaximumFiles = 10_000;

    public const int MaximumPathCharacters = 512;

    /// <summary>All ONNX files together.</summary>
    public const long ArtifactBytes = IArtifactStore.MaximumBytes;

    /// <summary>All other files together.</summary>
    public const long OtherBytes = 256L * 1024 * 1024;

    /// <summary>Unpacked bytes per packed byte, looked at beyond <see cref="RatioFreeBytes"/>.</summary>
    public const long MaximumRatio = 200;

    public const long RatioFreeBytes = 1024 * 1024;

    /// <summary>The zip's list of entries.</summary>
    public const long DirectoryBytes = 16L * 1024 * 1024;

    /// <summary>A contract, a description of a model, notes: texts that a person may read.</summary>
    public const int TextBytes = 4 * 1024 * 1024;

    /// <summary>Golden samples.</summary>
    public const int GoldenBytes = 32 * 1024 * 1024;

    public static bool IsArtifact(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
}
