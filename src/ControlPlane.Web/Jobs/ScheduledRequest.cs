using MediatR;

namespace ControlPlane.Web.Jobs;

/// <summary>A use case on a clock.</summary>
public sealed record ScheduledRequest(string Name, TimeSpan Every, Func<IMediator, CancellationToken, Task> Send)
{
    public static ScheduledRequest Of<TAnswer>(TimeSpan every, IRequest<TAnswer> request) => new(request.GetType().Name, every, (mediator, cancel) => mediator.Send(request, cancel));
}
