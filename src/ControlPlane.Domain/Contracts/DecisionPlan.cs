using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>A policy made ready for a request's path: its overrides' conditions know their inputs' places and types.</summary>
public sealed class DecisionPlan
{
    private readonly DecisionPolicy _policy;
    private readonly CompiledOverride[] _overrides;

    private DecisionPlan(DecisionPolicy policy, CompiledOverride[] overrides) => (_policy, _overrides) = (policy, overrides);

    /// <summary>The plan of a contract that was read without problems; null without a policy.</summary>
    public static DecisionPlan? Of(Contract contract)
    {
        if (contract.Policy is not { } policy) return null;
        var places = contract.Inputs.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        return new(policy, [.. policy.SegmentOverrides.Select(bands => new CompiledOverride(
            bands, [.. bands.Segment.Select(condition => Compile(condition, contract.Inputs[places[condition.Feature]].Type, places[condition.Feature]))]))]);
    }

    /// <summary>
    /// The decision of each row. The columns are those of the contract's inputs in its order, as the client sent them: numbers with booleans as 1 and 0
    /// and NaN for what is missing, or texts.
    /// </summary>
    public void Decide(ReadOnlySpan<double> scores, double[][] numbers, string[][] texts, Span<string> decisions)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            decisions[row] = HeldOverride(numbers, texts, row) is { } held ? _policy.Decide(scores[row], held) : _policy.Decide(scores[row]);
        }
    }

    private BandOverride? HeldOverride(double[][] numbers, string[][] texts, int row)
    {
        foreach (var candidate in _overrides)
        {
            var holds = true;
            foreach (var condition in candidate.Conditions)
            {
                holds = condition.Text is { } text ? texts[condition.Place][row] == text : numbers[condition.Place][row] == condition.Number;
                if (!holds) break;
            }

            if (holds) return candidate.Bands;
        }

        return null;
    }

    private static CompiledCondition Compile(SegmentCondition condition, FieldType type, int place) => type switch
    {
        FieldType.Category or FieldType.Text => new(place, condition.Value, 0),
        FieldType.Boolean => new(place, null, condition.Value == "true" ? 1 : 0),
        FieldType.Number or FieldType.Integer => new(place, null, double.Parse(condition.Value, NumberStyles.Float, CultureInfo.InvariantCulture)),
        FieldType.Tensor or FieldType.Explanation => throw new ArgumentOutOfRangeException(nameof(type), type, $"{condition.Feature} has no value per row."),
    };

    private sealed record CompiledOverride(BandOverride Bands, CompiledCondition[] Conditions);

    /// <summary>The column at a place equals a text, or a number when that is null.</summary>
    private readonly record struct CompiledCondition(int Place, string? Text, double Number);
}
