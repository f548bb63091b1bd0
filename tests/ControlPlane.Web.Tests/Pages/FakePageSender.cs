using ControlPlane.Web.Parts;
using MediatR;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>Answers a page's requests with what a test set up, and keeps what was sent. A request without an answer fails the test.</summary>
public sealed class FakePageSender : IPageSender
{
    private readonly Dictionary<Type, Func<object, object>> _answers = [];

    public List<object> Sent { get; } = [];

    public FakePageSender Answer<TRequest, TAnswer>(Func<TRequest, TAnswer> answer)
        where TRequest : IRequest<TAnswer>
    {
        _answers[typeof(TRequest)] = request => answer((TRequest)request)!;
        return this;
    }

    public Task<T> Send<T>(IRequest<T> request)
    {
        Sent.Add(request);
        return _answers.TryGetValue(request.GetType(), out var answer)
            ? Task.FromResult((T)answer(request))
            : throw new InvalidOperationException($"No answer was set up for {request.GetType().Name}.");
    }
}
