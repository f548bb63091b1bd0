using ControlPlane.UseCases.Pipeline;
using ControlPlane.Web.Live;
using MediatR;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace ControlPlane.Web.Parts;

/// <summary>What every page has: its requests with their refusals, the live feed with a pause, dialogs and notices.</summary>
public abstract class RoomPage : ComponentBase, IDisposable
{
    private IDisposable? _subscription;

    [Inject]
    protected IPageSender Sender { get; set; } = default!;

    [Inject]
    protected LiveFeed Feed { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected DialogService Dialogs { get; set; } = default!;

    [Inject]
    protected NotificationService Notices { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Why the page's own question was refused; shown in place of its content.</summary>
    protected RefusedException? Refusal { get; set; }

    /// <summary>The snapshot that this page draws: the newest, or the one at which it was paused.</summary>
    protected LiveSnapshot Live { get; private set; } = LiveSnapshot.None;

    protected bool IsPaused { get; private set; }

    protected DateTimeOffset Now => Live.IsThere ? Live.At : Clock.GetUtcNow();

    protected override void OnInitialized()
    {
        Live = Feed.Current;
        _subscription = Feed.Subscribe(snapshot => InvokeAsync(() => Follow(snapshot)));
    }

    protected void TogglePause()
    {
        IsPaused = !IsPaused;
        if (!IsPaused) Live = Feed.Current;
    }

    /// <summary>Called with each new snapshot before the page is drawn again.</summary>
    protected virtual Task OnSnapshot() => Task.CompletedTask;

    /// <summary>The page's own question; a refusal takes the place of the page.</summary>
    protected async Task<T?> Ask<T>(IRequest<T> question)
    {
        try
        {
            var answer = await Sender.Send(question);
            Refusal = null;
            return answer;
        }
        catch (RefusedException refusal)
        {
            Refusal = refusal;
            return default;
        }
    }

    /// <summary>Something a person told the page to do; a refusal is shown as a notice and the page stays.</summary>
    protected async Task<T?> Try<T>(IRequest<T> deed, string done)
    {
        try
        {
            var answer = await Sender.Send(deed);
            Notices.Notify(NotificationSeverity.Success, done);
            return answer;
        }
        catch (RefusedException refusal)
        {
            Notices.Notify(new NotificationMessage { Severity = NotificationSeverity.Error, Summary = "Not done", Detail = refusal.Message, Duration = 10_000 });
            return default;
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the page holds beside its subscription.</summary>
    protected virtual void Leave()
    {
    }

    private async Task Follow(LiveSnapshot snapshot)
    {
        if (IsPaused) return;
        Live = snapshot;
        await OnSnapshot();
        StateHasChanged();
    }
}
