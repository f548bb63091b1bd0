using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Checks;

namespace ControlPlane.Worker.Node;

/// <summary>Takes instructions, whichever way they come: pushed, or as the answer to a report.</summary>
public sealed class InstructionDesk(ServedState served, CheckDesk checks, Supervision supervision, LeaseWatch lease)
{
    public InstructionAcknowledgement Apply(NodeInstruction instruction)
    {
        supervision.Heard();
        var acknowledgement = served.Apply(instruction);
        lease.Look();
        checks.Want(instruction.Checks);
        return acknowledgement;
    }
}
