namespace ControlPlane.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Source files below a folder of the repository, build output and generated code left out.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Where(path => endings.Any(path.EndsWith) && !IsGenerated(Relative(path)))
        .Order(StringComparer.Ordinal);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static bool IsGenerated(string path) =>
        path.Contains("/obj/") || path.Contains("/bin/") || path.Contains("/Migrations/") || path.Contains("/node_modules/") || path.Contains("/wwwroot/");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ControlPlane.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("ControlPlane.sln was not found above the test's folder.");
    }
}
