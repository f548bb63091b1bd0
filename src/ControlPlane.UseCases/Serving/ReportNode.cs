using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node's heartbeat; stores windows and check results, answers with the newest instruction.</summary>
public sealed record ReportNode(Guid NodeId, string NodeKey, NodeReport Report) : IRequest<NodeReportAnswer>, IPermitted
{
    public Permission? Needs => null;
}
