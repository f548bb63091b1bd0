using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Serving;

/// <summary>Tells what a node must have loaded and do now.</summary>
public interface INodeInstructions
{
    Task<NodeInstruction> For(Node node, CancellationToken cancellationToken);
}
