using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Finds the model's tensors and says what they are.</summary>
internal static class TensorMatch
{
    /// <summary>The tensor of that name; null, and a problem more, when there is none or it cannot be served.</summary>
    /// <param name="role">input or output.</param>
    /// <param name="owner">The graph whose tensors these are, as a sentence names it.</param>
    public static TensorSignature? Find(IReadOnlyList<TensorSignature> signatures, string name, string path, string role, List<Problem> problems, string owner = "the model")
    {
        if (signatures.FirstOrDefault(signature => signature.Name == name) is { } found)
        {
            if (found.IsRunnable) return found;
            problems.Add(new(path, $"{owner}'s {role} {Describe(found)} cannot be served"));
            return null;
        }

        problems.Add(new(path, $"{owner} has no {role} {name}; it has {string.Join(", ", signatures.Select(Describe))}"));
        return null;
    }

    public static bool Fits(IReadOnlyList<long> declared, IReadOnlyList<long> actual) =>
        // The runtime gives a scalar and an unknown rank alike.
        actual.Count == 0 || declared.Count == 0 || (declared.Count == actual.Count && declared.Zip(actual).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second));

    public static string? Datatype(TensorSignature signature) =>
        signature.Kind == ValueKind.MapSequence ? "FP32" : TensorDatatype.OfOnnx((int)signature.Type);

    public static string Describe(TensorSignature signature) =>
        string.Create(CultureInfo.InvariantCulture, $"{signature.Name} ({Datatype(signature) ?? signature.Type.ToString()} [{string.Join(", ", signature.Shape)}])");

    public static string Word(FieldType type) => type.ToString().ToLowerInvariant();
}
