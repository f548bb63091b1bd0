using ControlPlane.Worker.Checks;

namespace ControlPlane.Worker.Tests.Checks;

public sealed class CheckEndingTests
{
    [Theory]
    [InlineData(CheckStage.Opening, 136, null, "loads", "The process was ended by SIGFPE while opening the model.")]
    [InlineData(CheckStage.RunningGolden, 139, null, "golden", "The process was ended by SIGSEGV while running golden samples.")]
    [InlineData(CheckStage.MeasuringLatency, 134, null, "latency", "The process was ended by SIGABRT while measuring the latency.")]
    [InlineData(CheckStage.MeasuringMemory, 137, null, "memory", "The process was ended by SIGKILL while measuring the memory.")]
    [InlineData(CheckStage.Starting, 2, null, "loads", "The process ended with exit code 2 while starting.")]
    [InlineData(CheckStage.WarmingUp, 137, 60, "loads", "The process did not end within 60 s and was stopped while running it for the first time.")]
    public void ToReport_child_that_died_fails_the_check_it_was_at(CheckStage stage, int exitCode, int? timedOut, string name, string sentence)
    {
        var done = CheckProgress.Nothing with { Stage = stage };
        var report = new CheckEnding(exitCode, timedOut).ToReport(Guid.NewGuid(), done);
        var failed = Assert.Single(report.Results, result => result.Outcome == "failed");
        Assert.Equal((name, sentence), (failed.Name, failed.Sentence));
        Assert.Equal(["golden", "latency", "loads", "memory"], report.Results.Select(result => result.Name).Order());
    }
}
