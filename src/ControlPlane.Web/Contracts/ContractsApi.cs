using System.Text.Json;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using MediatR;

namespace ControlPlane.Web.Contracts;

/// <summary>Contracts over HTTP, before they belong to a version.</summary>
public static class ContractsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var contracts = api.MapGroup("/contracts").WithTags("Contracts");
        contracts.MapPost("/check", Check).WithSummary("Is this contract valid, does it fit this artifact, and what to start from. Nothing is stored.");
    }

    private static async Task<ContractCheckBody> Check(CheckContractBody body, IMediator mediator, CancellationToken cancel) =>
        ContractCheckBody.Of(await mediator.Send(new CheckContract(TextOf(body.Contract), body.ArtifactDigest, body.Model, body.Version), cancel));

    /// <summary>The contract's text: the object as it stands in the request, or what the text holds, so that a document that is no JSON can be checked too.</summary>
    private static string? TextOf(JsonElement? contract)
    {
        if (contract is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given) return null;
        if (given.ValueKind != JsonValueKind.String) return given.GetRawText();
        try
        {
            return given.GetString();
        }
        catch (InvalidOperationException)
        {
            throw RefusedException.Invalid("contract", "holds text that is not valid Unicode");
        }
    }
}

/// <summary>A contract, as an object or as text, and an artifact that it is to fit: by digest, or that of a version.</summary>
public sealed record CheckContractBody(JsonElement? Contract = null, string? ArtifactDigest = null, string? Model = null, int? Version = null);

/// <summary>What came of checking a contract. <paramref name="Fits"/> is null when that could not be judged.</summary>
/// <param name="Canonical">The text that is hashed.</param>
/// <param name="SignatureContract">A contract to start from, drawn from the artifact's signature.</param>
public sealed record ContractCheckBody(
    bool? Valid, IReadOnlyList<ProblemBody> Problems, bool? Fits, string? Canonical, string? ContractDigest, string? ArtifactDigest, JsonElement? SignatureContract)
{
    public static ContractCheckBody Of(ContractCheck check) => new(
        check.Valid, [.. check.Problems.Select(problem => new ProblemBody(problem.Path, problem.Sentence))], check.Fits, check.Canonical, check.ContractDigest,
        check.ArtifactDigest, check.SignatureContract is { } start ? JsonSerializer.Deserialize<JsonElement>(start) : null);
}

/// <summary>One thing wrong: where in the contract, and a sentence.</summary>
public sealed record ProblemBody(string Path, string Sentence);
