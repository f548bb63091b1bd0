namespace ControlPlane.Worker.Checks;

/// <summary>The program in the throwaway child: <c>check --order FILE --result FILE</c>.</summary>
public static class CheckProgram
{
    public const string Verb = "check";

    public static async Task<int> Run(string[] arguments)
    {
        if (arguments is not [_, "--order", var order, "--result", var result])
        {
            await Console.Error.WriteLineAsync($"usage: {Verb} --order FILE --result FILE");
            return 2;
        }

        await new CheckRun(CheckTask.Read(order), progress => progress.Write(result)).Execute(CancellationToken.None);
        return 0;
    }
}
