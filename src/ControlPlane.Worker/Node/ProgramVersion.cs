using System.Reflection;

namespace ControlPlane.Worker.Node;

/// <summary>The version of this program, without the commit.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        (typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
