using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>An MLflow model directory with an ONNX flavour.</summary>
[UseCasePart]
internal sealed class MlflowBundle(IArtifactStore store)
{
    private static readonly string[] Examples = ["input_example.json", "serving_input_example.json", "serving_input_payload.json"];

    public async Task<BundleParts> Read(BundleContent bundle, CancellationToken cancellationToken)
    {
        var described = MlflowModel.Read((await bundle.Text(MlflowModel.File, cancellationToken))!);
        if (!bundle.Has(described.Data)) throw MlflowModel.Refused($"says that the ONNX file is {described.Data}, which the bundle does not hold");
        var (row, examples) = await ReadExamples(bundle, described.Example, cancellationToken);
        var artifact = await bundle.Store(described.Data, store, cancellationToken);
        var graph = await GraphContract.Scan(described.Data, artifact, store, cancellationToken);
        var (carried, notCarried, problems) = (new List<string> { $"{described.Data}: the artifact" }, new List<string>(described.NotCarried), new List<Problem>());
        var contract = new MlflowContract(graph, carried, notCarried, problems).Make(described.Inputs);
        var parts = new BundleParts("mlflow", artifact, DraftText.Indented(contract)) { Notes = described.Origin, TryExample = row };
        if (described.Origin.Length > 0) carried.Add("MLmodel: run, time and MLflow version, as notes");
        parts.Carried.AddRange(carried);
        parts.NotCarried.AddRange(notCarried);
        parts.NotCarried.AddRange(examples);
        parts.Problems.AddRange(problems);
        return parts;
    }

    private static async Task<(string? Row, List<string> NotCarried)> ReadExamples(BundleContent bundle, string? named, CancellationToken cancellationToken)
    {
        string? row = null;
        var notCarried = new List<string>();
        foreach (var name in Examples.Prepend(named).OfType<string>().Distinct().Where(bundle.Has))
        {
            row ??= MlflowExample.FirstRow((await bundle.Text(name, cancellationToken, BundleLimits.GoldenBytes))!);
            bundle.Settle(name);
            notCarried.Add($"{name}: no golden samples, as the example has no expected outputs{(row is null || notCarried.Count > 0 ? "" : $"; a row to try: {row}")}");
        }

        return (row, notCarried);
    }
}
