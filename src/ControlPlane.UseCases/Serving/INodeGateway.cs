using ControlPlane.NodeProtocol;

namespace ControlPlane.UseCases.Serving;

/// <summary>Reaches nodes from Web.</summary>
public interface INodeGateway
{
    /// <summary>Pushes an instruction to one node and waits for its acknowledgement.</summary>
    /// <exception cref="NodeUnreachableException">No answer in time, or not one of a node.</exception>
    Task<InstructionAcknowledgement> Push(NodeAddress node, NodeInstruction instruction, CancellationToken cancellationToken);

    /// <summary>Has one node try a version and waits for the end of it.</summary>
    /// <exception cref="NodeUnreachableException">No answer in time, not one of a node, or the node is busy with other trials.</exception>
    Task<TrialAnswer> Try(NodeAddress node, TrialOrder order, CancellationToken cancellationToken);
}

/// <summary>Where a node is and what it is greeted with.</summary>
public sealed record NodeAddress(Guid Id, string Name, string Address, string NodeKey);

/// <summary>A node did not answer.</summary>
public sealed class NodeUnreachableException(string sentence, Exception? cause = null) : Exception(sentence, cause);
