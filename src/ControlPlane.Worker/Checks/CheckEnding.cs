using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Checks;

/// <summary>How the throwaway child ended.</summary>
/// <param name="ExitCode">128 + the signal when a signal ended it.</param>
/// <param name="TimedOutAfterSeconds">Set when it was killed for taking longer than this.</param>
public sealed record CheckEnding(int ExitCode, int? TimedOutAfterSeconds)
{
    private static readonly Dictionary<int, string> Signals = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ",
    };

    /// <summary>The results that the child wrote, and for the check during which it died, that it did.</summary>
    public CheckReport ToReport(Guid checkId, CheckProgress progress)
    {
        if (progress.Stage == CheckStage.Finished) return new(checkId, progress.Results, progress.Engine, progress.Operators, progress.Golden);
        var (name, doing) = progress.Stage switch
        {
            CheckStage.Starting => (CheckOutcomes.Loads, "starting"),
            CheckStage.Scanning => (CheckOutcomes.Loads, "reading the file"),
            CheckStage.Opening => (CheckOutcomes.Loads, "opening the model"),
            CheckStage.WarmingUp => (CheckOutcomes.Loads, "running it for the first time"),
            CheckStage.RunningGolden => (CheckOutcomes.Golden, "running golden samples"),
            CheckStage.MeasuringLatency => (CheckOutcomes.Latency, "measuring the latency"),
            CheckStage.MeasuringMemory or CheckStage.Finished => (CheckOutcomes.Memory, "measuring the memory"),
        };
        var results = progress.Results.Append(CheckOutcomes.Failed(name, $"The process {Cause} while {doing}.")).ToList();
        var rest = CheckOutcomes.All.Except(results.Select(result => result.Name));
        return new(checkId, [.. results, .. rest.Select(left => CheckOutcomes.NotApplicable(left, $"Not run: {name} failed."))], progress.Engine, progress.Operators, progress.Golden);
    }

    /// <summary>What ended it, to follow "The process".</summary>
    public string Cause => TimedOutAfterSeconds is { } seconds ? $"did not end within {seconds} s and was stopped"
        : ExitCode > 128 ? $"was ended by {Signals.GetValueOrDefault(ExitCode - 128, $"signal {ExitCode - 128}")}"
        : $"ended with exit code {ExitCode}";
}
