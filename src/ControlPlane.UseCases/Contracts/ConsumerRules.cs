using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Contracts;

/// <summary>What a person says about a consumer, the same when it is registered and when it is changed.</summary>
public interface IConsumerFacts
{
    string Name { get; }

    int ResponseMajor { get; }

    IReadOnlyList<string> Fields { get; }

    string Owner { get; }

    string Contact { get; }
}

internal sealed class ConsumerFactsValidator : AbstractValidator<IConsumerFacts>
{
    public const int MostFields = 1000;

    public ConsumerFactsValidator()
    {
        RuleFor(facts => facts.Name).NotEmpty().WithMessage("must not be empty")
            .Matches("^[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]$")
            .WithMessage("must be 2 to 64 lower-case letters, digits, dots, hyphens and underscores, and begin and end with a letter or digit");
        RuleFor(facts => facts.ResponseMajor).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(facts => facts.Fields).Must(fields => fields.Count <= MostFields).WithMessage($"must name at most {MostFields} fields")
            .Must(fields => fields.Distinct(StringComparer.Ordinal).Count() == fields.Count).WithMessage("must name each field once");
        RuleFor(facts => facts.Owner).Must(NotBlank).WithMessage("must not be empty").MaximumLength(Lengths.Line).WithMessage($"must be at most {Lengths.Line} characters long");
        RuleFor(facts => facts.Contact).Must(NotBlank).WithMessage("must not be empty").MaximumLength(Lengths.Line).WithMessage($"must be at most {Lengths.Line} characters long");
    }

    private static bool NotBlank(string text) => !string.IsNullOrWhiteSpace(text);
}

/// <summary>What consumers may read.</summary>
internal static class ConsumerRules
{
    private const int NewestVersions = 100;

    /// <summary>One problem for each field that neither a newer version of the model answers with nor the policy makes.</summary>
    public static async Task<IReadOnlyList<Problem>> UnknownFields(ControlPlaneContext context, string model, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (fields.All(field => field == ConsumerImpact.Decision)) return [];
        var contracts = await context.Versions.Where(version => version.Model == model).OrderByDescending(version => version.Version)
            .Select(version => version.ContractJson).Take(NewestVersions).ToListAsync(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal) { ConsumerImpact.Decision };
        foreach (var contract in contracts.Select(json => ContractReader.Read(json).Contract).OfType<Contract>())
        {
            known.UnionWith(contract.Outputs.Select(output => output.Name));
            known.UnionWith(contract.Response.Previous?.Fields.Select(field => field.Name) ?? []);
        }

        return [.. fields.Index().Where(field => !known.Contains(field.Item)).Select(field => new Problem($"fields[{field.Index}]", Sentence(model, field.Item, known)))];
    }

    private static string Sentence(string model, string field, HashSet<string> known) => known.Count == 1
        ? $"{field} cannot be known: {model} has no version yet; leave the fields out to say that all are read"
        : $"{field} is no output of {model}; it answers with {string.Join(", ", known.Order(StringComparer.Ordinal))}";
}
