namespace ControlPlane.NodeProtocol;

/// <summary>The addresses of the node protocol, both ways.</summary>
public static class NodePaths
{
    /// <summary>Node → Web, once per start, with the join token as bearer.</summary>
    public const string Enlist = "/api/v1/nodes/enlist";

    /// <summary>Web → node: the newest <see cref="NodeInstruction"/>, with the node key as bearer; answered by <see cref="InstructionAcknowledgement"/>.</summary>
    public const string Instruction = "/control/instruction";

    /// <summary>Web → node: a <see cref="TrialOrder"/>, with the node key as bearer; answered by <see cref="TrialAnswer"/> when it has run, which may take a minute.</summary>
    public const string Trial = "/control/trial";

    /// <summary>Node → Web, every <see cref="EnlistAnswer.ReportIntervalMilliseconds"/>, with the node key as bearer.</summary>
    public static string Report(Guid nodeId) => $"/api/v1/nodes/{nodeId}/report";

    /// <summary>Node → Web: an artifact's or a golden file's bytes; supports ranges.</summary>
    public static string Artifact(string digest) => $"/api/v1/artifacts/{digest}";
}
