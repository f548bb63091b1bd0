namespace ControlPlane.Worker.Engines;

/// <summary>How this program starts itself again: by its own executable, or by dotnet and its assembly when something else (a test) hosts it.</summary>
internal static class EngineCommand
{
    public static IReadOnlyList<string> Parts { get; } = Find();

    private static string[] Find()
    {
        var assembly = typeof(EngineCommand).Assembly.GetName().Name!;
        var executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? assembly + ".exe" : assembly);
        return File.Exists(executable) ? [executable] : ["dotnet", executable + ".dll"];
    }
}
