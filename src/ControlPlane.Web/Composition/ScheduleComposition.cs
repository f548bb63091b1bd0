using ControlPlane.Web.Jobs;
using Quartz;

namespace ControlPlane.Web.Composition;

/// <summary>Quartz with a store that survives restarts: a file beside the embedded database, the server database otherwise.</summary>
internal static class ScheduleComposition
{
    public static void AddSchedule(this IServiceCollection services, WebSettings settings)
    {
        var schedule = new JobSchedule(settings.Schedule);
        services.AddSingleton(schedule);
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store => UseStore(store, settings));
            foreach (var line in schedule.Lines) Add(quartz, line);
        });
        services.AddQuartzHostedService(host =>
        {
            host.AwaitApplicationStarted = true;
            host.WaitForJobsToComplete = true;
        });
    }

    private static void UseStore(IPersistentStoreBuilder store, WebSettings settings)
    {
        var database = settings.Database;
        if (database.Provider == DatabaseProvider.Sqlite) store.UseSqlite($"Data Source={settings.Data.Schedule}");
        else if (database.Provider == DatabaseProvider.SqlServer) store.UseSqlServer(database.ConnectionString);
        else store.UsePostgres(database.ConnectionString);
        if (database.Provider != DatabaseProvider.Sqlite) store.UseClustering(_ => { });
        store.UseSystemTextJsonSerializer(_ => { });
        store.ProvisionSchema();
        store.UseExecutionHistory();
    }

    private static void Add(IQuartzBuilder quartz, ScheduledRequest line)
    {
        var key = new JobKey(line.Name);
        quartz.AddJob<SendScheduledRequest>(job => job.WithIdentity(key).WithDescription($"Every {line.Every}"));
        quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(line.Name).StartNow()
            .WithSimpleSchedule(simple => simple.WithInterval(line.Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)));
    }
}
