using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Valid contracts of every shape, each known by its seed.</summary>
internal sealed class RandomContract(int seed)
{
    private static readonly string[] Words = ["DE", "größer", "東京", "a \"b\"", "\\", "\u2028", "😀", "<&>", "0", "true", "x/y", "\t"];
    private static readonly string[] Solid = [.. Words.Where(word => !string.IsNullOrWhiteSpace(word))];
    private readonly Random _random = new(seed);

    public Contract Make()
    {
        var bands = Bands();
        return new(
            Inputs(), [.. Steps()], new RuntimeSettings(Threads: _random.Next(1, 8), TimeoutMilliseconds: _random.Next(1, 1000)), Outputs(),
            Often() ? new("score", bands, "allow", Often() ? Overrides() : null) : null,
            Often() ? new() : new("2.3", new("1.0", [new("risk", "score", Number() is 0 ? 1 : 100, Often() ? 0 : Number()), new("kind", "class", Values: new Dictionary<string, string> { ["no"] = Word(), ["yes"] = "no" })])),
            Often() ? new(_random.Next(1, 99), Often() ? null : 0.25) : null,
            Often() ? ["c", "b"] : [],
            Often() ? new(Word(), "binary", "low", 30) : null);
    }

    private List<InputField> Inputs() =>
    [
        new("x", FieldType.Number, Often(), Min: -0.5, Max: Often() ? null : 1e300, Unit: Text(), Description: Text(), Monitored: Often()),
        new("o", FieldType.Number, Required: false, AllowedNumbers: Often() ? null : [0.1, 2, 1e-7]),
        new("n", FieldType.Integer, Min: Often() ? null : -3, AllowedNumbers: Often() ? null : [1, 2, 3]),
        new("b", FieldType.Boolean, Required: false),
        new("t", FieldType.Text, MaxLength: Often() ? null : 500),
        new("c", FieldType.Category, Values: Words, Unseen: (UnseenPolicy)_random.Next(3), MaxLength: Often() ? null : 50),
        new("r", FieldType.Tensor, Tensor: new("INT8", Often() ? [-1, 4] : []), Monitored: false),
    ];

    private IEnumerable<PreprocessingStep> Steps()
    {
        if (Often()) yield return new ImputeStep("o", 0.1, null, Indicator: Often() ? null : "o_missing");
        if (Often()) yield return new ImputeStep("b", 1, null);
        if (Often()) yield return new Log1pStep("x", Often() ? "x_log" : null);
        if (Often()) yield return new StandardizeStep("x", Number(), 0.5 + _random.NextDouble(), Often() ? "x_standard" : null);
        if (Often()) yield return new MinMaxStep("x", -1, 7.25, Often() ? 0 : -2, Often() ? 1 : 3, Often(), Often() ? "x_scaled" : null);
        if (Often()) yield return new ClipStep("x", Often() ? null : -1e-9, 12);
        if (Often()) yield return new BucketizeStep("x", [-1, 0, 0.1, 1e12], Often(), Often() ? "x_bin" : null);
        if (Often()) yield return new OneHotStep("c", Often() ? null : new(["DE", "0"], null), Often(), Often() ? null : "c_hot");
        if (Often()) yield return new OrdinalStep("n", new(null, [1, 2.0, 3]), -1, Often() ? null : -2, "n_place");
        if (Often()) yield return new OneHotStep("b", Often() ? null : new(null, [1, 0]), false, "b_hot");
        if (Often()) yield return new CastStep("n", (CastTarget)_random.Next(4), "n_cast");
        yield return new AssembleStep("features", Often() ? "FP32" : "FP64", ["x", "o", "b"]);
    }

    private List<OutputField> Outputs() =>
    [
        new("score", "p", 1, FieldType.Number, 0, 1, Text(), Text(), Text(), Labels: Often() ? null : ["no", "yes"],
            Postprocessing: Often() ? null : [Often() ? new SigmoidStep() : new SoftmaxStep(), new CalibrateStep([0, 0.5, 1], [0, Number(), 1])]),
        new("class", "p", null, FieldType.Category, Labels: ["no", "yes"], Postprocessing: [new ArgmaxStep()]),
        new("why", "w", null, FieldType.Explanation, Explanation: Often()
            ? new(ExplanationKind.Attributions, Solid, Top: Often() ? null : 3)
            : new(ExplanationKind.ReasonCodes, Codes: Often() ? null : Solid)),
        new("raw", "q", null, FieldType.Tensor, Shape: new("FP64", [-1, 3])),
    ];

    private List<DecisionBand> Bands() => [new(0.9, Word()), .. Often() ? [] : new[] { new DecisionBand(0.1 + 0.2, "review") }];

    private List<BandOverride> Overrides() =>
    [
        new([new("c", "größer"), new("b", "true")], Bands()),
        new([new("n", "2")], Bands(), Word()),
        new([new("t", Word())], Bands()),
    ];

    private bool Often() => _random.Next(2) == 0;

    private double Number() => _random.Next(4) switch { 0 => 0, 1 => _random.NextDouble() * 1e-9, 2 => -_random.Next(), _ => _random.NextDouble() };

    private string Word() => Solid[_random.Next(Solid.Length)];

    private string? Text() => Often() ? null : Word();
}
