using System.Globalization;

namespace ControlPlane.Demo;

/// <summary>What the command line says.</summary>
/// <param name="StopWithProcess">The process whose end ends the demonstration too, however it ended: whoever starts the demonstration may be killed.</param>
public sealed record DemoOptions(Uri Web, string ApiKey, double RequestsPerSecond, int Seed, int? StopWithProcess = null)
{
    public const string Usage = "ControlPlane.Demo --web http://localhost:5080 [--api-key KEY, or the variable CONTROLPLANE_API_KEY] [--requests-per-second 40] [--seed 1] [--stop-with-process ID]";

    /// <summary>Where the key is read without --api-key: a command line is shown to everybody on the machine, a variable is not.</summary>
    public const string ApiKeyVariable = "CONTROLPLANE_API_KEY";

    /// <summary>Throws <see cref="ArgumentException"/> naming the option that is unknown, absent or unreadable.</summary>
    public static DemoOptions Parse(IReadOnlyList<string> args, string? apiKeyOfVariable = null)
    {
        var (web, key, rate, seed, process) = ("http://localhost:5080", apiKeyOfVariable ?? "", "40", "1", (string?)null);
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
            _ = args[i] switch
            {
                "--web" => web = value,
                "--api-key" => key = value,
                "--requests-per-second" => rate = value,
                "--seed" => seed = value,
                "--stop-with-process" => process = value,
                _ => throw new ArgumentException($"{args[i]} is not an option."),
            };
        }

        return new DemoOptions(
            Uri.TryCreate(web, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address : throw new ArgumentException($"--web {web} is not an http address."),
            key.Length > 0 ? key : throw new ArgumentException($"--api-key or {ApiKeyVariable} is needed."),
            double.TryParse(rate, CultureInfo.InvariantCulture, out var perSecond) && perSecond is > 0 and <= 10_000
                ? perSecond : throw new ArgumentException($"--requests-per-second {rate} is not a number above 0 and up to 10000."),
            int.TryParse(seed, CultureInfo.InvariantCulture, out var number)
                ? number : throw new ArgumentException($"--seed {seed} is not a whole number."),
            process is null ? null : int.TryParse(process, CultureInfo.InvariantCulture, out var id) && id > 0
                ? id : throw new ArgumentException($"--stop-with-process {process} is not the id of a process."));
    }
}
