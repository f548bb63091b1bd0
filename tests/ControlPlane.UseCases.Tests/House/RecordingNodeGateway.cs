using System.Collections.Concurrent;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Remembers what was pushed; nodes named in <see cref="Silent"/> do not answer.</summary>
public sealed class RecordingNodeGateway : INodeGateway
{
    public ConcurrentQueue<(NodeAddress Node, NodeInstruction Instruction)> Pushed { get; } = new();

    public ConcurrentDictionary<string, string> Silent { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<(NodeAddress Node, TrialOrder Order)> Tried { get; } = new();

    /// <summary>What every node answers to a trial.</summary>
    public Func<TrialOrder, TrialAnswer> Trial { get; set; } = _ => new(false, null, null, "No answer was set.");

    /// <summary>Runs before each push.</summary>
    public Action? BeforePush { get; set; }

    public Task<InstructionAcknowledgement> Push(NodeAddress node, NodeInstruction instruction, CancellationToken cancellationToken)
    {
        BeforePush?.Invoke();
        if (Silent.TryGetValue(node.Name, out var reason)) throw new NodeUnreachableException(reason);
        Pushed.Enqueue((node, instruction));
        return Task.FromResult(new InstructionAcknowledgement(instruction.Splits.ToDictionary(split => split.Model, split => split.Generation), new Dictionary<string, string>()));
    }

    public Task<TrialAnswer> Try(NodeAddress node, TrialOrder order, CancellationToken cancellationToken)
    {
        if (Silent.TryGetValue(node.Name, out var reason)) throw new NodeUnreachableException(reason);
        Tried.Enqueue((node, order));
        return Task.FromResult(Trial(order));
    }
}
