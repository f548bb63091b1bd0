using System.Net;
using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Releases;

/// <summary>Brings one model to where the demonstration begins. Every step looks first at what is there, so that it may be run again.</summary>
public sealed class ReleaseScenario(ControlPlaneClient web, TimeProvider time, TextWriter log)
{
    private const int StepAttempts = 5;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Ended = ["promoted", "rejected", "cancelled", "rolled_back", "failed"];

    public async Task WaitForWebAsync(CancellationToken cancel)
    {
        var deadline = time.GetUtcNow() + Patience;
        while (!await web.IsReadyAsync(cancel))
        {
            if (time.GetUtcNow() > deadline)
                throw new ReleaseStoppedException($"Web was not ready within {Patience.TotalMinutes:0} minutes.");
            await Task.Delay(Look, time, cancel);
        }
    }

    /// <summary>Does a step again, from its beginning, when Web went away in the middle of it; every step looks first at what is there.</summary>
    public async Task PersistAsync(Func<Task> step, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step();
                return;
            }
            catch (WebCallException failure) when (failure.MayPass && attempt < StepAttempts)
            {
                await log.WriteLineAsync($"trying again: {failure.Message}");
                await WaitForWebAsync(cancel);
            }
        }
    }

    /// <summary>Creates the model, uploads its champion and releases it to everybody. A model that has a champion is left as it is.</summary>
    public async Task ReleaseChampionAsync(string model, string description, string folder, CancellationToken cancel)
    {
        var found = await web.FindModelAsync(model, cancel);
        if (found is null)
            await CreateAsync(model, description, cancel);
        if (found?.Champion is { } champion)
        {
            await log.WriteLineAsync($"{model}: version {champion} is the champion already");
            return;
        }

        var version = await UploadAsync(model, Path.Combine(folder, "champion"), "Logistic regression, the champion of the demonstration", cancel);
        // Only a version says which fields there are to read.
        foreach (var consumer in CompanyConsumers.Of(model))
            await web.RegisterConsumerAsync(model, consumer, cancel);
        var rollout = await OpenRolloutAsync(model, version, cancel) ?? await DraftAsync(RolloutDraft.Immediate(model, version), cancel);
        await SubmitAsync(rollout, "First release of the demonstration", cancel);
        await WaitUntilPromotedAsync(model, rollout.Id, cancel);
        await log.WriteLineAsync($"{model}: version {version} is the champion now");
    }

    /// <summary>Uploads the challenger and begins its exposure, unless it was rolled out before, however that ended: a person's roll-back stays.</summary>
    public async Task ExposeChallengerAsync(string model, string folder, Func<string, int, RolloutDraft> plan, CancellationToken cancel)
    {
        var version = await UploadAsync(model, Path.Combine(folder, "challenger"), "Boosted trees, the challenger of the demonstration", cancel);
        var rollouts = await web.RolloutsAsync(model, cancel);
        if (rollouts.FirstOrDefault(rollout => rollout.Version == version) is { } earlier)
        {
            if (earlier.Phase == "drafted")
                earlier = await SubmitAsync(earlier, "Begun by an earlier start of the demonstration", cancel);
            await log.WriteLineAsync($"{model}: version {version} has rollout {earlier.Id} already ({earlier.Phase})");
            return;
        }

        if (rollouts.FirstOrDefault(rollout => !Ended.Contains(rollout.Phase)) is { } other)
        {
            await log.WriteLineAsync($"{model}: rollout {other.Id} of version {other.Version} is open and is left alone");
            return;
        }

        var draft = await DraftAsync(plan(model, version), cancel);
        await SubmitAsync(draft, "Boosted trees promise a better ranking than the logistic regression", cancel);
        await log.WriteLineAsync($"{model}: rollout {draft.Id} of version {version} has begun");
    }

    private async Task CreateAsync(string model, string description, CancellationToken cancel)
    {
        try
        {
            await web.CreateModelAsync(model, description, cancel);
        }
        catch (WebCallException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            await log.WriteLineAsync($"{model}: created by somebody else meanwhile");
        }
    }

    /// <summary>A conflict is no failure when it is about our own draft: its answer was lost and it was sent again.</summary>
    private async Task<RolloutView> DraftAsync(RolloutDraft draft, CancellationToken cancel)
    {
        try
        {
            return await web.DraftAsync(draft, cancel);
        }
        catch (WebCallException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            return await OpenRolloutAsync(draft.Model, draft.Version, cancel) ?? throw new ReleaseStoppedException(refused.Message);
        }
    }

    private async Task<RolloutView?> OpenRolloutAsync(string model, int version, CancellationToken cancel) =>
        (await web.RolloutsAsync(model, cancel)).FirstOrDefault(rollout => rollout.Version == version && !Ended.Contains(rollout.Phase));

    private async Task<RolloutView> SubmitAsync(RolloutView rollout, string reason, CancellationToken cancel) =>
        rollout.Phase == "drafted" ? await web.SubmitAsync(rollout.Id, reason, cancel) : rollout;

    private async Task<int> UploadAsync(string model, string folder, string notes, CancellationToken cancel)
    {
        var uploaded = await web.UploadAsync(model, folder, notes, cancel);
        var deadline = time.GetUtcNow() + Patience;
        while (true)
        {
            var version = await web.VersionAsync(model, uploaded.Version, cancel);
            if (version.Status == "ready")
                return uploaded.Version;
            if (version.Status != "checking")
                throw new ReleaseStoppedException($"{model} version {version.Version} is {version.Status}:\n" + string.Join('\n', version.Checks.Where(check => check.Outcome == "failed").Select(check => $"  {check.Name}: {check.Sentence}")));
            if (time.GetUtcNow() > deadline)
                throw new ReleaseStoppedException($"The checks of {model} version {version.Version} did not end within {Patience.TotalMinutes:0} minutes; is a node running?");
            await Task.Delay(Look, time, cancel);
        }
    }

    private async Task WaitUntilPromotedAsync(string model, long id, CancellationToken cancel)
    {
        var deadline = time.GetUtcNow() + Patience;
        while (true)
        {
            var rollout = await web.RolloutAsync(id, cancel);
            if (rollout.Phase == "promoted")
                return;
            if (Ended.Contains(rollout.Phase))
                throw new ReleaseStoppedException($"{model}: rollout {id} ended as {rollout.Phase}: {rollout.Reason}");
            if (time.GetUtcNow() > deadline)
                throw new ReleaseStoppedException($"{model}: rollout {id} is still {rollout.Phase} after {Patience.TotalMinutes:0} minutes: {rollout.Reason}");
            await Task.Delay(Look, time, cancel);
        }
    }
}
