using System.Text.Json;

namespace ControlPlane.Demo.Rows;

/// <summary>Who orders what and what truly happens afterwards, as training/populations.py describes it.</summary>
public sealed record Population(
    string Model,
    string Description,
    double EventShare,
    double Intercept,
    PopulationOutcome Outcome,
    IReadOnlyDictionary<string, double> Prevents,
    IReadOnlyList<Feature> Features,
    IReadOnlyList<Term> Terms)
{
    public static async Task<Population> ReadAsync(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<Population>(stream, DemoJson.Options, cancel)
            ?? throw new InvalidDataException($"{file} holds no population.");
    }
}

public sealed record PopulationOutcome(string Name, int HorizonDays);
