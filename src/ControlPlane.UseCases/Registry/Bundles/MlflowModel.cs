using ControlPlane.UseCases.Pipeline;
using YamlDotNet.Core;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>What an <c>MLmodel</c> file says.</summary>
/// <param name="Data">Path of the ONNX file within the directory.</param>
/// <param name="Inputs">The signature's inputs; null without a signature.</param>
/// <param name="Example">The file of the input example; null without one.</param>
/// <param name="Origin">Run, time and MLflow version, for the notes.</param>
/// <param name="NotCarried">Settings that no contract has.</param>
internal sealed record MlflowModel(string Data, IReadOnlyList<MlflowField>? Inputs, string? Example, string Origin, IReadOnlyList<string> NotCarried)
{
    public const string File = "MLmodel";

    /// <exception cref="RefusedException">Invalid: no YAML, no ONNX flavour, a signature that cannot be read.</exception>
    public static MlflowModel Read(string text)
    {
        var document = Parse(text);
        if (document["flavors"]?.Map is not { } flavors) throw Refused("has no flavors");
        if (!flavors.TryGetValue("onnx", out var onnx))
            throw Refused($"has the flavors {string.Join(", ", flavors.Keys.Order(StringComparer.Ordinal))} and no onnx; a pickle is never opened: convert the model and log it with mlflow.onnx.log_model");
        if (onnx["data"]?.Text is not { Length: > 0 } data) throw Refused("names no data in its onnx flavor");
        var signature = document["signature"];
        var notCarried = new List<string>();
        notCarried.AddRange(flavors.Keys.Where(name => name != "onnx").Order(StringComparer.Ordinal).Select(name => $"{File}: flavor {name}: the ONNX file is served, not this flavor"));
        if (onnx["providers"] is not null) notCarried.Add($"{File}: flavors/onnx/providers: where a model runs is decided by the nodes");
        if (signature?["params"]?.Text is { } parameters && parameters.Trim() is not ("" or "[]" or "null")) notCarried.Add($"{File}: signature/params: a contract has no parameters beside its inputs");
        if (signature?["outputs"] is not null) notCarried.Add($"{File}: signature/outputs: MLflow does not check them; the outputs are those of the graph");
        notCarried.AddRange(new[] { "metadata", "resources", "auth_policy" }.Where(name => document[name] is not null).Select(name => $"{File}: {name}: has no place in a version"));
        return new(
            data, signature?["inputs"]?.Text is { } inputs ? MlflowField.ReadAll(inputs) : null, document["saved_input_example_info"]?["artifact_path"]?.Text, OriginOf(document), notCarried);
    }

    public static RefusedException Refused(string sentence) => RefusedException.Invalid(BundlePath.PathOf(File), sentence);

    private static PlainYaml Parse(string text)
    {
        try
        {
            return PlainYaml.Read(text);
        }
        catch (YamlException error)
        {
            throw Refused($"line {error.Start.Line}, column {error.Start.Column}: {error.Message}");
        }
    }

    private static string OriginOf(PlainYaml document)
    {
        var parts = new (string Word, string? Value)[]
        {
            ("run", document["run_id"]?.Text), ("model", document["model_id"]?.Text ?? document["model_uuid"]?.Text), ("saved", document["utc_time_created"]?.Text), ("MLflow", document["mlflow_version"]?.Text),
        };
        var known = parts.Where(part => part.Value is { Length: > 0 and <= 100 }).Select(part => $"{part.Word} {part.Value}").ToList();
        return known.Count == 0 ? "" : $"From MLflow: {string.Join(", ", known)}.";
    }
}
