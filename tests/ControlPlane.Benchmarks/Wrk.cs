using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ControlPlane.Benchmarks;

/// <summary>Drives one URL with wrk (Debian's package of that name) and reads what it prints.</summary>
internal static partial class Wrk
{
    public sealed record Measure(double RequestsPerSecond, double P99Milliseconds, long Failures);

    public static Measure Post(Uri url, string body, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        File.WriteAllText(script, $"wrk.method = \"POST\"\nwrk.body = [==[{body}]==]\nwrk.headers[\"Content-Type\"] = \"application/json\"\n");
        try
        {
            var info = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, url.ToString()]) { RedirectStandardOutput = true };
            using var wrk = Process.Start(info) ?? throw new InvalidOperationException("wrk did not start; apt-get install wrk.");
            var text = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            return new Measure(Number(Rate().Match(text)), Milliseconds(Percentile99().Match(text)), (long)Number(Non2xx().Match(text)));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static double Number(Match match) => match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static double Milliseconds(Match match) => Number(match) * match.Groups[2].Value switch { "us" => 0.001, "s" => 1000, _ => 1 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile99();

    [GeneratedRegex(@"Non-2xx or 3xx responses:\s+(\d+)")]
    private static partial Regex Non2xx();
}
