using System.Runtime.CompilerServices;
using Bunit;
using ControlPlane.Web.Live;
using ControlPlane.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Radzen;
using Radzen.Blazor;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>A page with a fake sender, a real feed and a fixed clock.</summary>
public abstract class PageTest : BunitContext
{
    protected PageTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        // Its constructor needs the diffing library that a shim stands in for; nothing here compares whole markup.
        var comparer = typeof(BunitContext).Assembly.GetType("Bunit.Diffing.HtmlComparer", throwOnError: true)!;
        Services.AddSingleton(comparer, RuntimeHelpers.GetUninitializedObject(comparer));
        Services.AddRadzenComponents();
        Services.AddSingleton<IPageSender>(Sender);
        Services.AddSingleton(Feed);
        Services.AddSingleton<TimeProvider>(new FixedClock(Samples.Now));
    }

    protected FakePageSender Sender { get; } = new();

    protected LiveFeed Feed { get; } = new(NullLogger<LiveFeed>.Instance);

    protected DialogService Dialogs => Services.GetRequiredService<DialogService>();

    protected async Task<IRenderedComponent<TPage>> Page<TPage>(LiveSnapshot live, string? address = null, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        await Feed.Publish(live);
        if (address is not null) Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>(parameters);
    }

    /// <summary>Where dialogs open; rendered before the button is pressed.</summary>
    protected IRenderedComponent<RadzenDialog> DialogHost() => Render<RadzenDialog>();

    /// <summary>Types the reason into the open dialog and confirms it.</summary>
    protected static void Confirm(IRenderedComponent<RadzenDialog> host, string reason)
    {
        host.WaitForElement("textarea").Input(reason);
        host.Find("form").Submit();
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
