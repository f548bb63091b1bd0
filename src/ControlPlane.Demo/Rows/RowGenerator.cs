namespace ControlPlane.Demo.Rows;

/// <summary>Draws rows of a population. The same seed and calls give the same rows; a customer's own features never change.</summary>
public sealed class RowGenerator(Population population, int seed)
{
    private readonly Random _random = new(seed);

    public Row Draw(int customer, double hoursSinceStart)
    {
        var ofCustomer = new Random(Mixed(customer));
        var values = new Dictionary<string, object>(population.Features.Count);
        foreach (var feature in population.Features)
        {
            var random = feature.Per == FeatureOwner.Customer ? ofCustomer : _random;
            if (Draw(feature, feature.Drift?.Shift(hoursSinceStart) ?? 0, random) is { } value)
                values[feature.Name] = value;
        }

        return new Row(values);
    }

    // Random's first draws of neighbouring seeds are related; customers' must not be. The finaliser of MurmurHash3.
    private int Mixed(int customer)
    {
        var bits = unchecked(((uint)seed * 0x9E3779B1u) + (uint)customer);
        bits = unchecked((bits ^ (bits >> 16)) * 0x85EBCA6Bu);
        bits = unchecked((bits ^ (bits >> 13)) * 0xC2B2AE35u);
        return (int)((bits ^ (bits >> 16)) & int.MaxValue);
    }

    private static object? Draw(Feature feature, double shift, Random random)
    {
        if (feature.Distribution == Distribution.Category)
            return DrawCategory(feature, shift, random);

        var mean = feature.Mean + shift;
        var drawn = feature.Distribution switch
        {
            Distribution.Poisson => DrawPoisson(mean, random),
            Distribution.Normal => DrawNormal(mean, feature.Deviation, random),
            Distribution.LogNormal => Math.Exp(DrawNormal(mean, feature.Deviation, random)),
            Distribution.LogitNormal => 1 / (1 + Math.Exp(-DrawNormal(mean, feature.Deviation, random))),
            Distribution.Category => throw new InvalidOperationException("A category is drawn by its shares."),
        };
        // Drawn before the decision to leave it out, so that the number of draws does not depend on it.
        var missing = random.NextDouble() < feature.Missing;
        var value = Math.Round(Math.Clamp(drawn, feature.Min, feature.Max), feature.Decimals);
        if (missing)
            return null;
        return feature.Decimals == 0 ? (object)(long)value : value;
    }

    private static string DrawCategory(Feature feature, double shift, Random random)
    {
        var (values, shares) = (feature.Values!, feature.Shares!);
        var weights = shares.Select((share, i) => values[i] == feature.Drift?.Value ? share * Math.Exp(shift) : share).ToArray();
        var left = random.NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return values[i];
        }

        return values[^1];
    }

    // Box and Muller; 1 - u keeps the logarithm finite.
    private static double DrawNormal(double mean, double? deviation, Random random) =>
        mean + ((deviation ?? 1) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    // Knuth's product of uniforms: good for the small means used here.
    private static double DrawPoisson(double mean, Random random)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
            count++;
        return count;
    }
}
