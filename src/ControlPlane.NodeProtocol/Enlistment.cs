namespace ControlPlane.NodeProtocol;

/// <summary>A node that starts asks to belong. The same name in the same environment gets the same id again and a new key.</summary>
public sealed record EnlistRequest(string Name, string Address, string Environment, Guid Incarnation, string ProgramVersion, string RuntimeVersion, int Cores, long MemoryBytes);

/// <summary>What the node needs to belong.</summary>
/// <param name="NodeKey">Bearer in both directions; Web keeps only its hash besides what it needs to call the node.</param>
/// <param name="LeaseSeconds">Without a word from Web for so long, challenger traffic goes back to the champion.</param>
public sealed record EnlistAnswer(Guid NodeId, string NodeKey, int ReportIntervalMilliseconds, int LeaseSeconds, NodeInstruction Instruction);
