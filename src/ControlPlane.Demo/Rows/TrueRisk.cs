namespace ControlPlane.Demo.Rows;

/// <summary>The probability with which a row really ends badly, known to nobody but the demonstration.</summary>
public static class TrueRisk
{
    /// <summary>Before anybody acts: the logistic function of the intercept and the population's terms.</summary>
    public static double Probability(Population population, Row row)
    {
        var features = population.Features.ToDictionary(feature => feature.Name);
        var odds = population.Intercept + population.Terms.Sum(term => term.Weight * term.Factors.Aggregate(1.0, (product, factor) => product * Value(factor)));
        return 1 / (1 + Math.Exp(-odds));

        double Value(Factor factor)
        {
            if (factor.EqualTo is { } expected)
                return Equals(row.Values[factor.Feature], expected) ? 1 : 0;
            var value = row.Values.TryGetValue(factor.Feature, out var given)
                ? Convert.ToDouble(given, null)
                : features[factor.Feature].Impute ?? throw new InvalidDataException($"{factor.Feature} is missing and nothing fills it.");
            if (factor.Above is { } low)
                return value > low ? 1 : 0;
            if (factor.Below is { } high)
                return value < high ? 1 : 0;
            return ((factor.Log ? Math.Log(Math.Max(value, 1e-3)) : value) - factor.Center) / factor.Scale;
        }
    }

    /// <summary>After the decision was acted on: an order that was blocked can't be charged back.</summary>
    public static double ProbabilityAfter(Population population, Row row, string? decision) =>
        Probability(population, row) * (1 - (decision is null ? 0 : population.Prevents.GetValueOrDefault(decision)));
}
