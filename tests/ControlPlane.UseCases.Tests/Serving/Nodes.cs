using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;

namespace ControlPlane.UseCases.Tests.Serving;

/// <summary>Nodes as they speak to Web.</summary>
internal static class Nodes
{
    public static EnlistRequest Request(string name, string environment = "production", string address = "http://127.0.0.1:5290") =>
        new(name, address, environment, Guid.NewGuid(), "0.1.0", "1.30.0", 2, 1L << 30);

    public static Task<EnlistAnswer> Enlist(TestHouse house, string name) => house.Send(new EnlistNode(TestHouse.JoinToken, Request(name)));

    public static NodeReport Report(Guid? incarnation = null, IReadOnlyList<WindowReport>? windows = null, IReadOnlyList<CheckReport>? checks = null) =>
        new(incarnation ?? Guid.Empty, true, 1 << 20, [], new Dictionary<string, long>(), windows ?? [], checks ?? []);

    public static async Task<NodeInstruction> Send(TestHouse house, EnlistAnswer node, NodeReport report) =>
        (await house.Send(new ReportNode(node.NodeId, node.NodeKey, report))).Instruction;

    public static CheckReport Checked(Guid checkId, string loads = "passed", string golden = "passed") => new(
        checkId,
        [
            new("loads", loads, $"Loads: {loads}.", new Dictionary<string, double> { ["milliseconds"] = 12.5 }),
            new("golden", golden, $"Golden: {golden}.", new Dictionary<string, double>()),
            new("latency", "not_applicable", "The contract promises no latency.", new Dictionary<string, double>()),
        ],
        "own_process",
        new Dictionary<string, int> { ["Concat"] = 1 });
}
