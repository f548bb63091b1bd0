using ControlPlane.UseCases.Access;
using ControlPlane.Web.Access;
using MediatR;

namespace ControlPlane.Web.Live;

/// <summary>Runs requests of the program itself, in a scope of their own that acts for the schedule.</summary>
public sealed class ScheduleSender(IServiceScopeFactory scopes)
{
    public async Task<T> InScope<T>(Func<IMediator, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().ActFor(Caller.Schedule);
        return await work(scope.ServiceProvider.GetRequiredService<IMediator>(), cancel);
    }
}
