using static ControlPlane.Domain.Contracts.ChangeKind;
using static ControlPlane.Domain.Tests.Contracts.ContractPair;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>What changes for those who read answers and decisions.</summary>
internal static class AnswerPairs
{
    private const string Low = """ "bands": [{"at_least": 0.9, "decision": "block"}], "otherwise": "allow" """;

    public static IReadOnlyList<ContractPair> All { get; } =
    [
        new(Scored, Score(""), """{"name": "risk", "tensor": "t", "index": 0, "type": "number"}""", Breaking, "outputs/score", "score is called risk now: consumers that read score find nothing"),
        new(Scored, Score("") + """, {"name": "extra", "tensor": "e", "type": "text"}""", Score(""), Breaking, "outputs/extra", "no longer answered"),
        new(Scored, Score(""), Score("") + """, {"name": "extra", "tensor": "e", "type": "text"}""", Additive, "outputs/extra", "extra, a text, is answered as well"),
        new(Scored, Score("") + """, {"name": "extra", "tensor": "e", "type": "text"}""", """{"name": "extra", "tensor": "e", "type": "text"}, """ + Score(""), Additive, "outputs", "another order"),
        Of("", """, "type": "integer" """, Breaking, "type", "was a number and is an integer now"),
        Of(""", "max": 1""", """, "max": 100""", Semantic, "max", "may go up to 100; never above 1 before"),
        Of(""", "max": 1""", "", Semantic, "max", "up without limit"),
        Of("", """, "max": 1""", Additive, "max", "never goes above 1 now"),
        Of(""", "min": 0""", """, "min": -1""", Semantic, "min", "may go down to -1; never below 0 before"),
        Of("", """, "min": 0""", Additive, "min", "never goes below 0 now"),
        Of(""", "unit": "EUR" """, """, "unit": "USD" """, Semantic, "unit", "is in USD instead of EUR"),
        Of(""", "meaning": "fraud within 90 days" """, """, "meaning": "fraud within 30 days" """, Semantic, "meaning", "means \"fraud within 30 days\" now"),
        Of(""", "direction": "higher_is_riskier" """, """, "direction": "lower_is_riskier" """, Semantic, "direction", "may decide the other way round"),
        new(Scored, """{"name": "score", "tensor": "t", "index": 0, "type": "number"}""", """{"name": "score", "tensor": "t", "index": 2, "type": "number"}""", Semantic, "outputs/score/index", "column 2 of t instead of column 0 of t"),
        new(Scored, """{"name": "score", "tensor": "t", "index": 0, "type": "number"}""", """{"name": "score", "tensor": "u", "index": 0, "type": "number"}""", Semantic, "outputs/score/tensor", "another number under the same name"),
        Of("", """, "postprocessing": [{"op": "sigmoid"}]""", Semantic, "postprocessing", "goes through sigmoid after the model instead of none"),
        Of(""", "postprocessing": [{"op": "calibrate", "from": [0, 1], "to": [0, 1]}]""", """, "postprocessing": [{"op": "calibrate", "from": [0, 1], "to": [0, 0.9]}]""", Semantic, "calibration", "calibrated by another table"),
        Of(""", "labels": ["good", "bad"]""", """, "labels": ["bad", "good"]""", Semantic, "labels", "labels of score are in another order"),
        Of(""", "labels": ["good", "bad"]""", """, "labels": ["good", "fraud"]""", Semantic, "labels", "are called good, fraud now"),
        Class("""["a", "b"]""", """["b", "a"]""", Semantic, "the same class of the model has another name"),
        Class("""["a", "b"]""", """["a", "c"]""", Breaking, "answers c and never again b"),
        Class("""["a", "b", "c"]""", """["a", "b"]""", Breaking, "never answers c again"),
        Class("""["a", "b"]""", """["a", "b", "c"]""", Semantic, "may answer c"),
        new(Output, """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "FP32", "shape": [-1, 3]}""", """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "INT64", "shape": [-1, 3]}""", Breaking, "outputs/e/datatype", "consumers that read FP32 cannot"),
        new(Output, """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "FP32", "shape": [-1, 3]}""", """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "FP32", "shape": [-1, 4]}""", Breaking, "outputs/e/shape", "[-1, 4] instead of [-1, 3]"),
        new(Output, """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "FP32", "shape": [-1, -1]}""", """{"name": "e", "tensor": "e", "type": "tensor", "datatype": "FP32", "shape": [-1, 4]}""", Additive, "outputs/e/shape", "one of those that it could have before"),
        Why(""" "kind": "attributions", "features": ["x"], "top": 1 """, """ "kind": "attributions", "features": ["x"] """, Semantic, "top", "every entry per row instead of at most 1"),
        Why(""" "kind": "attributions", "features": ["x", "y"] """, """ "kind": "attributions", "features": ["y", "x"] """, Semantic, "features", "they were x, y"),
        Why(""" "kind": "reason_codes", "codes": ["R1"] """, """ "kind": "reason_codes", "codes": ["R2"] """, Semantic, "codes", "the codes R2; they were R1"),
        Why(""" "kind": "attributions", "features": ["x"] """, """ "kind": "reason_codes", "codes": ["R1"] """, Breaking, "kind", "explains by reason codes instead of attributions"),
        new(Part, Policy(Low), """ "segments": [] """, Breaking, "policy", "consumers that read decision find nothing"),
        new(Part, """ "segments": [] """, Policy(Low), Additive, "policy", "A decision is answered as well: block, allow"),
        Decided(Low, """ "bands": [{"at_least": 0.85, "decision": "block"}], "otherwise": "allow" """, "policy/bands", "block begins at 0.85 instead of 0.9"),
        Decided(Low, """ "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.5, "decision": "review"}], "otherwise": "allow" """, "policy/bands", "review begins at 0.5 and is new"),
        Decided(Low, """ "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.5, "decision": "review"}], "otherwise": "allow" """, "policy/decisions", "may meet the decision review"),
        Decided(""" "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.5, "decision": "review"}], "otherwise": "allow" """, Low, "policy/decisions", "review is never given any more"),
        Decided(Low, """ "bands": [{"at_least": 0.9, "decision": "block"}], "otherwise": "pass" """, "policy/otherwise", "get pass instead of allow"),
        new(Part, $$""" "policy": {"score": "score", {{Low}}} """, $$""" "policy": {"score": "other", {{Low}}} """, Semantic, "policy/score", "made on other instead of score"),
        Decided(Low, Low + Overrides("""{"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}]}"""), "policy/overrides/country=US", "bands of its own now: block from 0.95"),
        Decided(Low + Overrides("""{"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}]}"""), Low, "policy/overrides/country=US", "no bands of its own any more"),
        Decided(
            Low + Overrides("""{"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}]}"""),
            Low + Overrides("""{"segment": {"country": "US"}, "bands": [{"at_least": 0.8, "decision": "block"}]}"""),
            "policy/overrides/country=US", "block begins at 0.8 instead of 0.95"),
        Decided(
            Low + Overrides("""{"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}]}, {"segment": {"vip": true}, "bands": [{"at_least": 0.99, "decision": "block"}]}"""),
            Low + Overrides("""{"segment": {"vip": true}, "bands": [{"at_least": 0.99, "decision": "block"}]}, {"segment": {"country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}]}"""),
            "policy/overrides", "tried in another order"),
    ];

    private static ContractPair Of(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) => new(Scored, Score(before), Score(after), kind, $"outputs/score/{path}", words);

    private static string Score(string more) => more.Contains("\"type\"", StringComparison.Ordinal)
        ? $$"""{"name": "score", "tensor": "t", "index": 0{{more}}}"""
        : $$"""{"name": "score", "tensor": "t", "index": 0, "type": "number"{{more}}}""";

    private static ContractPair Class(string before, string after, Domain.Contracts.ChangeKind kind, string words) => new(
        Output, $$"""{"name": "k", "tensor": "k", "type": "category", "labels": {{before}}}""", $$"""{"name": "k", "tensor": "k", "type": "category", "labels": {{after}}}""",
        kind, "outputs/k/labels", words);

    private static ContractPair Why(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) => new(
        Output, $$$"""{"name": "why", "tensor": "w", "type": "explanation", "explanation": {{{{before}}}}}""", $$$"""{"name": "why", "tensor": "w", "type": "explanation", "explanation": {{{{after}}}}}""",
        kind, $"outputs/why/explanation/{path}", words);

    private static ContractPair Decided(string before, string after, string path, string words) => new(Part, Policy(before), Policy(after), Semantic, path, words);

    private static string Policy(string parts) => $$""" "policy": {"score": "score", {{parts}}} """;

    private static string Overrides(string held) => $""", "overrides": [{held}]""";
}
