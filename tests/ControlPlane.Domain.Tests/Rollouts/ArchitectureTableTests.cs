using System.Text;
using ControlPlane.Domain.Rollouts;
using Xunit;

namespace ControlPlane.Domain.Tests.Rollouts;

/// <summary>Keeps the printed machine in <c>docs/architecture.md</c> current. <c>UPDATE_DOCS=1</c> rewrites it.</summary>
public sealed class ArchitectureTableTests
{
    private const string Begin = "<!-- rollout-machine:begin -->";
    private const string End = "<!-- rollout-machine:end -->";

    [Fact]
    public void Architecture_document_prints_the_machine_as_it_is()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "architecture.md");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"{path} lacks the markers {Begin} and {End}.");
        var current = text[..(from + Begin.Length)] + "\n" + Table() + text[to..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, current);
        else Assert.True(text == current, "docs/architecture.md is not current: run this test with UPDATE_DOCS=1.");
    }

    private static string Table()
    {
        var table = new StringBuilder("| phase | event | next phase and effects |\n|---|---|---|\n");
        foreach (var phase in Enum.GetValues<RolloutPhase>())
            foreach (var situation in MachineTable.Situations)
                if (MachineTable.Answer(phase, situation) is { } answer)
                    table.Append($"| {phase} | {situation.Words} | {answer} |\n");
        var final = Enum.GetValues<RolloutPhase>().Where(phase => MachineTable.Situations.All(situation => MachineTable.Answer(phase, situation) is null));
        return table.Append($"\nEverything else is refused with a reason. Nothing follows {string.Join(", ", final)}.\n").ToString();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ControlPlane.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No ControlPlane.sln above the test.");
    }
}
