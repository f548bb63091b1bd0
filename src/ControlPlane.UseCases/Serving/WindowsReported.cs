using ControlPlane.NodeProtocol;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node that showed its key sent counts. They join the unit of work of the report, which its handler commits.</summary>
public sealed record WindowsReported(Guid NodeId, Guid Incarnation, string Environment, IReadOnlyList<WindowReport> Windows) : INotification;
