using System.Text.Json;
using System.Text.RegularExpressions;
using ControlPlane.Domain.Contracts;
using FluentValidation;
using MediatR;

namespace ControlPlane.UseCases.Pipeline;

/// <summary>Runs the validators of a request and refuses it with every wrong field at once, named as in the API.</summary>
internal sealed partial class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var problems = new List<Problem>();
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            problems.AddRange(result.Errors.Select(error => new Problem(SnakeCasePath(error.PropertyName), error.ErrorMessage)));
        }

        if (problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, string.Join(" ", problems), problems);
        return await next();
    }

    private static string SnakeCasePath(string path) => Identifier().Replace(path, match => JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Value));

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Identifier();
}
