using ControlPlane.NodeProtocol;

namespace ControlPlane.Worker.Node;

/// <summary>The node's side of belonging to a control plane: its identity, kept over restarts, and what follows from the control plane's word or silence.</summary>
public sealed class Membership(NodeDirectory directory, WebGateway web, ServedState served, Supervision supervision, InstructionDesk desk)
{
    /// <summary>Takes up what an earlier process knew, so that pushes are understood and traffic is served before anybody answers.</summary>
    public void Recall()
    {
        if (directory.ReadIdentity() is { } identity)
        {
            web.Identity = identity;
            supervision.Agree(identity.LeaseSeconds);
        }

        served.Recall();
    }

    public void Join(EnlistAnswer answer)
    {
        if (directory.ReadIdentity() is { } earlier && earlier.NodeId != answer.NodeId) served.Forget();
        var identity = new NodeIdentity(answer.NodeId, answer.NodeKey, answer.ReportIntervalMilliseconds, answer.LeaseSeconds);
        web.Identity = identity;
        supervision.Agree(answer.LeaseSeconds);
        directory.WriteIdentity(identity);
        Obey(answer.Instruction);
    }

    public void Obey(NodeInstruction instruction) => desk.Apply(instruction);

    /// <summary>The control plane did not answer, or not as it should.</summary>
    public void NoWord() => served.ServeAsRemembered();
}
