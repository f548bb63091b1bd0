using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Registry.Triton;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>A Triton model directory: <c>config.pbtxt</c> and numbered folders with an ONNX file each.</summary>
[UseCasePart]
internal sealed class TritonBundle(IArtifactStore store)
{
    public async Task<BundleParts> Read(BundleContent bundle, CancellationToken cancellationToken)
    {
        var reading = TritonConfigReader.Read((await bundle.Text(TritonConfigReader.Path, cancellationToken))!);
        if (!reading.IsRead) throw Refused(reading.Problems);
        var config = reading.Config;
        if (!config.IsOnnx) throw Refused([new("", $"is for {config.Engine}; only onnxruntime_onnx (platform) and onnxruntime (backend) can be carried over")]);
        var (model, others) = Choose(bundle, config);
        var (labels, labelFaults) = await ReadLabels(bundle, config, cancellationToken);
        var artifact = await bundle.Store(model, store, cancellationToken);
        var graph = await GraphContract.Scan(model, artifact, store, cancellationToken);
        var problems = new List<Problem>();
        var lost = new List<string>(labelFaults);
        var contract = Make(config, graph, labels, lost, problems);
        var parts = new BundleParts("triton", artifact, DraftText.Indented(contract));
        parts.Carried.AddRange(Sentences(model, config, labels));
        parts.NotCarried.AddRange([.. config.NotCarried, .. lost, .. others]);
        parts.Problems.AddRange(problems);
        return parts;
    }

    /// <summary>The file of the highest version that the policy allows; the others are named.</summary>
    private static (string Model, IReadOnlyList<string> Others) Choose(BundleContent bundle, TritonConfig config)
    {
        var numbered = bundle.Names.Select(name => (Name: name, Parts: name.Split('/')))
            .Where(file => file.Parts.Length == 2 && file.Parts[1] == config.ModelFile && long.TryParse(file.Parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            .Select(file => (file.Name, Number: long.Parse(file.Parts[0], CultureInfo.InvariantCulture)))
            .OrderByDescending(file => file.Number).ToList();
        var allowed = config.Versions.Count == 0 ? numbered : [.. numbered.Where(file => config.Versions.Contains(file.Number))];
        if (allowed.Count == 0)
            throw RefusedException.Invalid("bundle", $"holds no {(config.Versions.Count == 0 ? "<number>" : string.Join(" or ", config.Versions.Take(20)))}/{config.ModelFile}");
        foreach (var (name, _) in numbered) bundle.Settle(name);
        return (allowed[0].Name, [.. numbered.Where(file => file != allowed[0]).Select(file => $"{file.Name}: one version at a time is carried over, here {allowed[0].Number}")]);
    }

    private static async Task<(Dictionary<string, IReadOnlyList<string>> Labels, List<string> Faults)> ReadLabels(BundleContent bundle, TritonConfig config, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var output in config.Outputs)
        {
            if (output.LabelFile is not { } file) continue;
            var text = await bundle.Text(file, cancellationToken);
            var lines = text?.Split('\n', StringSplitOptions.TrimEntries).ToList() ?? [];
            while (lines is [.., ""]) lines.RemoveAt(lines.Count - 1);
            if (text is null) faults.Add($"{file}: the bundle does not hold the labels of {output.Name}");
            else if (Fault(output, lines) is { } fault) faults.Add($"{file}: {fault}");
            else labels[output.Name] = lines;
        }

        return (labels, faults);
    }

    private static string? Fault(TritonTensor output, List<string> labels) =>
        output.Shape is not [_, var width] || width != labels.Count || width < 2 ? $"has {labels.Count} labels, and {output.Name} is [{string.Join(", ", output.Shape)}]"
        : !TensorDatatype.IsFloating(output.Datatype) ? $"labels go with scores, and {output.Name} is {output.Datatype}"
        : labels.Contains("") || labels.Distinct(StringComparer.Ordinal).Count() != labels.Count ? "has an empty label, or one twice"
        : null;

    private static Contract Make(TritonConfig config, OnnxGraph graph, Dictionary<string, IReadOnlyList<string>> labels, List<string> lost, List<Problem> problems)
    {
        var inputs = config.Inputs.Select(input => new InputField(input.Name, FieldType.Tensor, Tensor: new(input.Datatype, input.Shape), Monitored: false)).ToList();
        var outputs = config.Outputs.Select(output => new OutputField(output.Name, output.Name, null, FieldType.Tensor, Shape: new(output.Datatype, output.Shape))).ToList();
        // Triton itself takes from the graph what the configuration leaves out.
        if (inputs.Count == 0) inputs.AddRange(GraphContract.Inputs(graph, problems));
        if (outputs.Count == 0) outputs.AddRange(GraphContract.Outputs(graph, problems));
        foreach (var output in config.Outputs.Where(output => labels.ContainsKey(output.Name)))
            outputs.Add(new($"{output.Name}_label", output.Name, null, FieldType.Category, Labels: labels[output.Name], Postprocessing: [new ArgmaxStep()]));
        if (config.MaxBatch > 65_536) lost.Add($"{TritonConfigReader.Path}: max_batch_size {config.MaxBatch}: 65536 is the most here");
        var runtime = config.MaxBatch > 0 ? new RuntimeSettings(MaxBatch: Math.Min(config.MaxBatch, 65_536)) : new RuntimeSettings();
        return new(inputs, [], runtime, outputs, null, new(), null, [], null);
    }

    private static IEnumerable<string> Sentences(string model, TritonConfig config, Dictionary<string, IReadOnlyList<string>> labels)
    {
        yield return $"{model}: the artifact";
        yield return config.Inputs.Count > 0 ? $"inputs: the {config.Inputs.Count} of {TritonConfigReader.Path}" : "inputs: those of the graph, as the configuration names none";
        yield return config.Outputs.Count > 0 ? $"outputs: the {config.Outputs.Count} of {TritonConfigReader.Path}" : "outputs: those of the graph, as the configuration names none";
        foreach (var output in labels.Keys) yield return $"labels of {output}: as the category {output}_label, the label of the highest score";
        if (config.MaxBatch > 0) yield return "max_batch_size: as runtime.max_batch";
    }

    private static RefusedException Refused(IReadOnlyList<Problem> problems)
    {
        var placed = problems.Select(problem => new Problem(BundlePath.PathOf(TritonConfigReader.Path), problem.Sentence)).ToList();
        return new(RefusalKind.Invalid, string.Join("; ", placed), placed);
    }
}
