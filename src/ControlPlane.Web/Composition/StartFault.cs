namespace ControlPlane.Web.Composition;

/// <summary>A start that cannot succeed ends with one sentence and an exit code, not with a stack of calls.</summary>
internal static class StartFault
{
    private const int ExitCode = 2;

    public static int Tell(SettingException wrong)
    {
        Console.Error.WriteLine($"ControlPlane cannot start. {wrong.Message}");
        return ExitCode;
    }
}
