using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Registry;

/// <summary>One golden sample of a version.</summary>
/// <param name="Line">Line of the stored file from 1, as golden reports name it; of an empty line, the next sample after it.</param>
public sealed record GetGoldenSample(string Model, int Version, int Line = 1) : IRequest<GoldenSampleView>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>A golden sample as it was given.</summary>
public sealed record GoldenSampleView(int Line, JsonElement Inputs, JsonElement Outputs, JsonElement? Stages);

internal sealed class GetGoldenSampleValidator : AbstractValidator<GetGoldenSample>
{
    public GetGoldenSampleValidator() => RuleFor(request => request.Line).GreaterThan(0).WithMessage("must be at least 1");
}

internal sealed class GetGoldenSampleHandler(ControlPlaneContext context, IArtifactStore store) : IRequestHandler<GetGoldenSample, GoldenSampleView>
{
    public async Task<GoldenSampleView> Handle(GetGoldenSample request, CancellationToken cancellationToken)
    {
        var version = await context.Versions.AsNoTracking()
            .Where(version => version.Model == request.Model && version.Version == request.Version)
            .Select(version => new { version.GoldenDigest }).SingleOrDefaultAsync(cancellationToken)
            ?? throw RefusedException.NotFound($"version {request.Version} of the model {request.Model}");
        if (version.GoldenDigest is not { } digest) throw RefusedException.NotFound($"golden sample of version {request.Version} of the model {request.Model}: it came without");
        var stream = await store.Open(digest, cancellationToken) ?? throw RefusedException.NotFound($"golden file {digest} in the store");
        using var lines = new StreamReader(stream, Encoding.UTF8);
        for (var number = 1; await lines.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (number >= request.Line && !string.IsNullOrWhiteSpace(line)) return Read(number, line);
        }

        throw RefusedException.NotFound($"golden sample at line {request.Line} of version {request.Version} of the model {request.Model}");
    }

    private static GoldenSampleView Read(int number, string line)
    {
        var sample = JsonSerializer.Deserialize<JsonElement>(line);
        return new(number, sample.GetProperty("inputs"), sample.GetProperty("outputs"), sample.TryGetProperty("stages", out var stages) ? stages : null);
    }
}
