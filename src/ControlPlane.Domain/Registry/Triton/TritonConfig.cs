using System.Diagnostics.CodeAnalysis;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>What a Triton <c>config.pbtxt</c> says that a contract can say too.</summary>
/// <param name="Engine">The platform or the backend as written; empty when neither is.</param>
/// <param name="MaxBatch">0: the model's shapes are whole as they are; above: a batch axis stands before them.</param>
/// <param name="Versions">Versions that the policy names; empty: the newest.</param>
/// <param name="NotCarried">Settings that no contract has, one sentence each.</param>
public sealed record TritonConfig(
    string Name,
    string Engine,
    int MaxBatch,
    string ModelFile,
    IReadOnlyList<TritonTensor> Inputs,
    IReadOnlyList<TritonTensor> Outputs,
    IReadOnlyList<long> Versions,
    IReadOnlyList<string> NotCarried)
{
    public bool IsOnnx => Engine is "" or "onnxruntime_onnx" or "onnxruntime";
}

/// <summary>One input or output. The shape is the whole one, with -1 in front where requests are batched.</summary>
/// <param name="Datatype">The protocol's name; empty when it has none for it.</param>
/// <param name="LabelFile">A file with a class's name per line; null without one.</param>
public sealed record TritonTensor(string Name, string Datatype, IReadOnlyList<long> Shape, string? LabelFile);

/// <summary>What came of reading a configuration.</summary>
public sealed record TritonConfigReading(TritonConfig? Config, IReadOnlyList<Problem> Problems)
{
    [MemberNotNullWhen(true, nameof(Config))]
    public bool IsRead => Config is not null;
}
