using ControlPlane.UseCases.Access;
using ControlPlane.Web.Access;
using MediatR;
using Quartz;

namespace ControlPlane.Web.Jobs;

/// <summary>The one job: sends the use case that bears the job's name, in a scope of its own, as the schedule. A failure is logged and the next time comes all the same.</summary>
[DisallowConcurrentExecution]
public sealed class SendScheduledRequest(JobSchedule schedule, IServiceScopeFactory scopes, ILogger<SendScheduledRequest> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var name = context.JobDetail.Key.Name;
        if (schedule.Lines.FirstOrDefault(line => line.Name == name) is not { } line)
        {
            // Left in the store by an older program that had such a line.
            logger.LogWarning("Scheduled use case {Name} is not known any more and is removed from the schedule.", name);
            await context.Scheduler.DeleteJob(context.JobDetail.Key, cancellationToken);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().ActFor(Caller.Schedule);
        try
        {
            await line.Send(scope.ServiceProvider.GetRequiredService<IMediator>(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("Scheduled use case {Name} was stopped with the program; the next run takes up its work.", name);
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "Scheduled use case {Name} failed; it runs again in {Every}.", name, line.Every);
        }
    }
}
