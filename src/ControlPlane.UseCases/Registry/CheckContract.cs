using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// Whether a contract is valid and, when an artifact is named (by digest, or as that of a version), whether it fits it. Nothing is stored. Without
/// a contract the answer holds the one to start from alone.
/// </summary>
public sealed record CheckContract(string? ContractJson, string? ArtifactDigest = null, string? Model = null, int? Version = null) : IRequest<ContractCheck>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>What came of checking a contract.</summary>
/// <param name="Valid">Null when no contract was given.</param>
/// <param name="Problems">What is wrong with the contract, and where it does not fit; paths within the contract.</param>
/// <param name="Fits">Null when no artifact was named, the contract is not valid, or its preprocessing graph is not in the store yet.</param>
/// <param name="Canonical">The canonical form; null when the contract is not valid.</param>
/// <param name="ContractDigest">Of the canonical form alone, without model and artifact.</param>
/// <param name="SignatureContract">A contract to start from, drawn from the artifact's signature; null when no artifact was named.</param>
public sealed record ContractCheck(
    bool? Valid, IReadOnlyList<Problem> Problems, bool? Fits, string? Canonical, string? ContractDigest, string? ArtifactDigest, string? SignatureContract);

internal sealed class CheckContractValidator : AbstractValidator<CheckContract>
{
    public CheckContractValidator()
    {
        RuleFor(check => check.ArtifactDigest).Matches("^sha256:[0-9a-f]{64}$").WithMessage("must be sha256: and 64 hexadecimal digits in lower case");
        RuleFor(check => check.ArtifactDigest).Null().When(check => check.Version is not null).WithMessage("goes not with version, which names its artifact");
        RuleFor(check => check.Model).NotEmpty().When(check => check.Version is not null).WithMessage("is required with version");
        RuleFor(check => check.Version).NotNull().When(check => check.Model is not null).WithMessage("is required with model");
        RuleFor(check => check.ContractJson).NotNull().When(check => check.ArtifactDigest is null && check.Version is null)
            .OverridePropertyName("contract").WithMessage("is required unless an artifact is named");
    }
}

internal sealed class CheckContractHandler(ControlPlaneContext context, GraphReader graphs) : IRequestHandler<CheckContract, ContractCheck>
{
    public async Task<ContractCheck> Handle(CheckContract request, CancellationToken cancellationToken)
    {
        var digest = await FindArtifact(request, cancellationToken);
        var graph = digest is null ? null : await ReadArtifact(digest, cancellationToken);
        var start = graph is not null && ContractInference.Draft(graph).Contract is { } draft ? ContractCanonicalForm.Write(draft) : null;
        if (request.ContractJson is null) return new(null, [], null, null, null, digest, start);
        var reading = ContractReader.Read(request.ContractJson);
        if (reading.Contract is not { } contract) return new(false, reading.Problems, null, null, null, digest, start);
        var (fits, problems) = graph is null ? (null, []) : await Fit(contract, graph, cancellationToken);
        return new(true, problems, fits, ContractCanonicalForm.Write(contract), ContractCanonicalForm.Digest(contract), digest, start);
    }

    private async Task<(bool? Fits, IReadOnlyList<Problem> Problems)> Fit(Contract contract, OnnxGraph model, CancellationToken cancellationToken)
    {
        var step = contract.Preprocessing.OfType<OnnxStep>().SingleOrDefault();
        var reading = step is null ? null : await graphs.Read(step.Artifact, cancellationToken);
        if (reading is { IsRead: false }) return (false, [.. reading.Problems.Select(problem => new Problem(ContractFit.GraphPath, problem.Sentence))]);
        var problems = ContractFit.Check(contract, model, reading?.Graph);
        bool? fits = problems.Count > 0 ? false : step is null || reading is not null ? true : null;
        return (fits, problems);
    }

    private async Task<OnnxGraph> ReadArtifact(string digest, CancellationToken cancellationToken)
    {
        var reading = await graphs.Read(digest, cancellationToken) ?? throw RefusedException.NotFound($"artifact {digest} in the store");
        return reading.Graph ?? throw new RefusedException(RefusalKind.Invalid, string.Join("; ", reading.Problems), reading.Problems);
    }

    private async Task<string?> FindArtifact(CheckContract request, CancellationToken cancellationToken)
    {
        if (request.Version is { } number)
        {
            return await context.Versions.Where(version => version.Model == request.Model && version.Version == number)
                .Select(version => version.ArtifactDigest).SingleOrDefaultAsync(cancellationToken) ?? throw RefusedException.NotFound($"version {number} of the model {request.Model}");
        }

        if (request.ArtifactDigest is not { } digest) return null;
        // The store holds golden samples and baselines too; only what is an artifact by its use may be read as one.
        var isKnown = await context.Versions.AnyAsync(version => version.ArtifactDigest == digest, cancellationToken)
            || await context.ContractDrafts.AnyAsync(draft => draft.ArtifactDigest == digest, cancellationToken);
        return isKnown ? digest : throw RefusedException.NotFound($"version or draft with the artifact {digest}");
    }
}
