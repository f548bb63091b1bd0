namespace ControlPlane.EndToEnd.Tests;

/// <summary>Where the checkout and the built product are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Web as built in the configuration of the tests.</summary>
    public static string WebOutput
    {
        get
        {
            var built = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Root, "src", "ControlPlane.Web", "bin", built.Parent!.Name, built.Name);
        }
    }

    public static string DemoModels => Path.Combine(Root, "src", "ControlPlane.Demo", "models");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ControlPlane.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("ControlPlane.sln was not found above the test's folder.");
    }
}
