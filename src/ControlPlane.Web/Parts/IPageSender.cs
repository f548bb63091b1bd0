using MediatR;

namespace ControlPlane.Web.Parts;

/// <summary>
/// Sends a page's requests, each in a scope of its own, as the person whose circuit it is. A circuit's own scope lives for hours and is shared by every part of
/// the page, so a database context of it would be used by two at once and would grow stale.
/// </summary>
public interface IPageSender
{
    Task<T> Send<T>(IRequest<T> request);
}
