using System.Diagnostics;

namespace ControlPlane.Web.LocalNodes;

/// <summary>Keeps one local node alive: takes over a living one, starts one otherwise, starts another when it dies.</summary>
internal sealed class LocalNode(LocalNodePlan plan, NodeProbe probe, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PortPause = TimeSpan.FromSeconds(5);

    private readonly ProcessNote _note = new(Path.Combine(plan.Directory, "pid"));
    private Process? _process;
    private int _deathsInARow;
    private int _restarts;

    public LocalNodeView View { get; private set; } = new(plan.Name, plan.Address, LocalNodeState.Starting, null, 0, "Has not been started yet.");

    /// <summary>Until it is cancelled; the node lives on then, until <see cref="Stop"/>.</summary>
    public async Task KeepAlive(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _process = await TakeOver(cancellationToken);
            if (_process is null && await NodeProbe.IsTaken(plan.Port, cancellationToken)) await WaitForPort(cancellationToken);
            _process ??= Start();
            await Follow(_process, cancellationToken);
        }
    }

    public async Task Stop()
    {
        if (_process is not null) await ChildProgram.Stop(_process, StopPatience, logger);
        _note.Remove();
        Show(LocalNodeState.Stopped, "Was stopped with Web.");
    }

    private async Task<Process?> TakeOver(CancellationToken cancellationToken)
    {
        var living = _note.FindLiving();
        if (living is null) return null;
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < AnswerPatience && !living.HasExited)
        {
            if (await probe.NameAt(plan.Address, cancellationToken) == plan.Name)
            {
                logger.LogInformation("Node {Node} was left running by an earlier Web as process {ProcessId} and is taken over.", plan.Name, living.Id);
                Show(LocalNodeState.Adopted, $"Process {living.Id} of an earlier Web was taken over.", living.Id);
                return living;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        }

        logger.LogWarning("Node {Node} was left by an earlier Web as process {ProcessId} but does not answer at {Address}; it is replaced.", plan.Name, living.Id, plan.Address);
        await ChildProgram.Stop(living, StopPatience, logger);
        return null;
    }

    private async Task WaitForPort(CancellationToken cancellationToken)
    {
        var sentence = $"Port {plan.Port} is taken by another program. Free it, or set Nodes:FirstPort to other ports.";
        logger.LogError("Node {Node} cannot start: {Sentence}", plan.Name, sentence);
        Show(LocalNodeState.PortTaken, sentence);
        while (await NodeProbe.IsTaken(plan.Port, cancellationToken)) await Task.Delay(PortPause, clock, cancellationToken);
    }

    private Process Start()
    {
        Directory.CreateDirectory(plan.Directory);
        var process = Process.Start(ChildProgram.Start(plan.Assembly, plan.Variables))!;
        ChildProgram.PipeLines(process, plan.Name, logger);
        _note.Write(process);
        logger.LogInformation("Node {Node} was started as process {ProcessId} at {Address}.", plan.Name, process.Id, plan.Address);
        Show(LocalNodeState.Running, $"Runs as process {process.Id}.", process.Id);
        return process;
    }

    private async Task Follow(Process process, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await process.WaitForExitAsync(cancellationToken);
        _deathsInARow = clock.GetElapsedTime(began) > RestartPause.Healthy ? 1 : _deathsInARow + 1;
        var pause = RestartPause.After(_deathsInARow);
        _restarts++;
        logger.LogWarning("Node {Node} (process {ProcessId}) ended; another is started in {Seconds} s.", plan.Name, process.Id, pause.TotalSeconds);
        Show(LocalNodeState.WaitingToRestart, $"Its process ended; another is started in {pause.TotalSeconds:0} s.");
        _process = null;
        process.Dispose();
        await Task.Delay(pause, clock, cancellationToken);
    }

    private void Show(LocalNodeState state, string sentence, int? processId = null) => View = new(plan.Name, plan.Address, state, processId, _restarts, sentence);
}
