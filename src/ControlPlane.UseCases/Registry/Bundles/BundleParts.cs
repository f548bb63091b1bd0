using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>What was found in a bundle.</summary>
internal sealed class BundleParts(string source, StoredArtifact artifact, string contractText)
{
    public string Source { get; } = source;

    public StoredArtifact Artifact { get; } = artifact;

    public string ContractText { get; } = contractText;

    /// <summary>Golden samples as they stand in the bundle.</summary>
    public string? Golden { get; init; }

    public bool GoldenIsCsv { get; init; }

    /// <summary>The reference file, in the store.</summary>
    public StoredArtifact? Baseline { get; init; }

    /// <summary>The graph of the contract's onnx step, in the store.</summary>
    public StoredArtifact? Preprocessing { get; init; }

    public string Notes { get; init; } = "";

    /// <summary>The example's first row as JSON.</summary>
    public string? TryExample { get; init; }

    public List<string> Carried { get; } = [];

    public List<string> NotCarried { get; } = [];

    /// <summary>What a person has to put right in the contract, beside what the contract's own reader says.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>The same as an upload of these parts.</summary>
    public UploadVersion ToUpload(string model, IReadOnlyList<string> notCarried) =>
        new(model, Artifact, ContractText, Golden, Notes, GoldenIsCsv, Baseline, Preprocessing, notCarried);
}
