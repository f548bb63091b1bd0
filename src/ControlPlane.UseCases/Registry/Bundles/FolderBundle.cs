using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>Files that were sent one by one, each with its path within the folder.</summary>
public sealed class FolderBundle(IReadOnlyList<BundleFile> files) : IBundleSource
{
    public IReadOnlyList<BundleFile> List()
    {
        if (files.Count > BundleLimits.MaximumFiles) throw RefusedException.Invalid("bundle", $"has {files.Count} files; {BundleLimits.MaximumFiles} are the limit");
        BundlePath.Check(files.Select(file => (file.Path, (string?)null)));
        return files;
    }
}
