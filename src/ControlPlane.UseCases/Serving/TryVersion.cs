using System.Text.Json;
using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>
/// Sends one raw row through a version on a node and tells every stage; nothing is counted or mirrored. Whoever may upload a model has the nodes run it
/// for its checks, so the same permission opens this.
/// </summary>
/// <param name="Inputs">The row as the row form takes it.</param>
/// <param name="ResponseVersion">The form of the answer that is asked for, as clients ask; null takes the present one.</param>
public sealed record TryVersion(string Model, int Version, JsonElement Inputs, string? ResponseVersion = null) : IRequest<TriedRow>, IPermitted
{
    public Permission? Needs => Permission.EditRegistry;
}

/// <summary>A row on its way. A stage that was not reached is null.</summary>
/// <param name="Loaded">It ran in the node's serving process; otherwise in a throwaway child.</param>
/// <param name="Prediction">The body that a client would get, its errors too.</param>
/// <param name="Microseconds">By stage.</param>
/// <param name="LeftOut">What was too large to show, one sentence each.</param>
public sealed record TriedRow(
    string Node,
    bool Loaded,
    TrialStages Stages,
    JsonElement? Prediction,
    IReadOnlyList<TrialProblem> Problems,
    GoldenStage? FailedStage,
    IReadOnlyDictionary<string, double> Microseconds,
    IReadOnlyList<string> LeftOut);

internal sealed class TryVersionValidator : AbstractValidator<TryVersion>
{
    public TryVersionValidator()
    {
        RuleFor(request => request.Inputs).Must(inputs => inputs.ValueKind == JsonValueKind.Object).WithMessage("must be an object of inputs by name").OverridePropertyName("inputs");
        RuleFor(request => request.ResponseVersion).MaximumLength(20).WithMessage("must have at most 20 characters").OverridePropertyName("response_version");
    }
}

internal sealed class TryVersionHandler(TrialDelivery trials) : IRequestHandler<TryVersion, TriedRow>
{
    public async Task<TriedRow> Handle(TryVersion request, CancellationToken cancellationToken)
    {
        var (node, answer) = await trials.Deliver(request.Model, request.Version, new(request.Inputs.GetRawText(), request.ResponseVersion), cancellationToken);
        if (answer.Row is not { } row) throw new RefusedException(RefusalKind.Unavailable, $"{node} did not answer with the row.");
        return new(node, answer.Loaded, row.Stages, row.Prediction, row.Problems, SnakeCaseWord.Parse<GoldenStage>(row.FailedStage), row.Microseconds, row.LeftOut);
    }
}
