using static ControlPlane.Domain.Contracts.ChangeKind;
using static ControlPlane.Domain.Tests.Contracts.ContractPair;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>What changes for clients that send rows.</summary>
internal static class InputPairs
{
    private const string X = """{"name": "x", "type": "number"}""";

    public static IReadOnlyList<ContractPair> All { get; } =
    [
        new(Inputs, X, X + """, {"name": "device", "type": "text"}""", Breaking, "inputs/device", "Clients must send device, a text; rows without it will be refused"),
        new(Inputs, X, X + """, {"name": "device", "type": "text", "required": false}""", Additive, "inputs/device", "Clients may send device"),
        new(Inputs, X + """, {"name": "device", "type": "text"}""", X, Breaking, "inputs/device", "Clients that still send device will be refused"),
        new(Inputs, X + """, {"name": "device", "type": "text", "required": false}""", X, Breaking, "inputs/device", "no longer an input"),
        new(Inputs, """{"name": "x", "type": "number", "unit": "EUR"}""", """{"name": "amount", "type": "number", "unit": "EUR"}""", Breaking, "inputs/x", "x is called amount now"),
        new(Inputs, X + """, {"name": "y", "type": "text"}""", """{"name": "y", "type": "text"}, """ + X, Additive, "inputs", "another order"),
        Number("""  "type": "integer" """, """ "type": "number" """, Additive, "type", "takes fractions now"),
        Number(""" "type": "number" """, """ "type": "integer" """, Breaking, "type", "was a number and is an integer now"),
        Number(""" "type": "number" """, """ "type": "text" """, Breaking, "type", "clients that send it as before will be refused"),
        Number(""" "type": "boolean" """, """ "type": "number" """, Breaking, "type", "was a boolean"),
        Number(""" "type": "number" """, """ "type": "number", "required": false """, Additive, "required", "may leave n out"),
        Number(""" "type": "number", "required": false """, """ "type": "number" """, Breaking, "required", "leave n out will be refused; it was optional"),
        Number(""" "type": "number", "max": 100000 """, """ "type": "number", "max": 50000 """, Breaking, "max", "Clients that send n above 50,000 will be refused; up to 100,000 was taken before"),
        Number(""" "type": "number" """, """ "type": "number", "max": 50000 """, Breaking, "max", "there was no upper limit before"),
        Number(""" "type": "number", "max": 50000 """, """ "type": "number", "max": 100000 """, Additive, "max", "n may go up to 100,000 now; above 50,000 was refused"),
        Number(""" "type": "number", "max": 50000 """, """ "type": "number" """, Additive, "max", "has no upper limit now"),
        Number(""" "type": "number", "min": 0 """, """ "type": "number", "min": 0.5 """, Breaking, "min", "below 0.5 will be refused; down to 0 was taken before"),
        Number(""" "type": "number" """, """ "type": "number", "min": -1 """, Breaking, "min", "no lower limit before"),
        Number(""" "type": "number", "min": 0 """, """ "type": "number", "min": -2500 """, Additive, "min", "may go down to -2,500 now"),
        Number(""" "type": "number", "min": 0 """, """ "type": "number" """, Additive, "min", "no lower limit now"),
        Number(""" "type": "integer", "min": 0, "max": 9 """, """ "type": "number", "min": 0, "max": 5 """, Breaking, "max", "above 5 will be refused"),
        Number(""" "type": "integer", "values": [1, 2, 3] """, """ "type": "integer", "values": [1, 2] """, Breaking, "values", "send n 3 will be refused"),
        Number(""" "type": "integer", "values": [1, 2] """, """ "type": "integer", "values": [1, 2, 3] """, Additive, "values", "takes 3 as well"),
        Number(""" "type": "integer" """, """ "type": "integer", "values": [1, 2] """, Breaking, "values", "other than 1, 2 will be refused"),
        Number(""" "type": "integer", "values": [1, 2] """, """ "type": "integer" """, Additive, "values", "not only 1, 2"),
        Number(""" "type": "integer", "values": [1, 2] """, """ "type": "integer", "values": [2, 1] """, Semantic, "values", "another order"),
        Number(""" "type": "text", "max_length": 20 """, """ "type": "text", "max_length": 10 """, Breaking, "max_length", "more than 10 characters will be refused; 20 were taken"),
        Number(""" "type": "text" """, """ "type": "text", "max_length": 10 """, Breaking, "max_length", "there was no limit before"),
        Number(""" "type": "text", "max_length": 10 """, """ "type": "text", "max_length": 20 """, Additive, "max_length", "may have 20 characters now"),
        Number(""" "type": "text", "max_length": 10 """, """ "type": "text" """, Additive, "max_length", "of any length"),
        Number(""" "type": "number", "unit": "EUR" """, """ "type": "number", "unit": "USD" """, Semantic, "unit", "n is read in USD instead of EUR"),
        Number(""" "type": "number" """, """ "type": "number", "unit": "USD" """, Semantic, "unit", "no unit was said before"),
        Number(""" "type": "number", "unit": "EUR" """, """ "type": "number" """, Semantic, "unit", "no longer said; it was EUR"),
        Number(""" "type": "number", "description": "a" """, """ "type": "number", "description": "b" """, Additive, "description", "other words"),
        Number(""" "type": "number" """, """ "type": "number", "monitored": false """, Additive, "monitored", "no longer compared with the baseline"),
        Number(""" "type": "tensor", "datatype": "FP32", "shape": [-1, 4] """, """ "type": "tensor", "datatype": "FP64", "shape": [-1, 4] """, Breaking, "datatype", "as FP32 will be refused; it must be FP64"),
        Number(""" "type": "tensor", "datatype": "FP32", "shape": [-1, 4] """, """ "type": "tensor", "datatype": "FP32", "shape": [-1, 5] """, Breaking, "shape", "it must be [-1, 5]"),
        Number(""" "type": "tensor", "datatype": "FP32", "shape": [-1, 4] """, """ "type": "tensor", "datatype": "FP32", "shape": [-1, -1] """, Additive, "shape", "takes more shapes"),
        Category(""" "values": ["DE", "FR", "US"] """, """ "values": ["DE", "FR"] """, Breaking, "values", "send n US will be refused"),
        Category(""" "values": ["DE", "US"], "unseen": "accept" """, """ "values": ["DE"], "unseen": "accept" """, Semantic, "values", "no longer knows US: such a value passes as unseen"),
        Category(""" "values": ["DE", "US"], "unseen": "missing" """, """ "values": ["DE"], "unseen": "missing" """, Semantic, "values", "counts as missing"),
        Category(""" "values": ["DE"] """, """ "values": ["DE", "FR"] """, Additive, "values", "takes FR as well"),
        Category(""" "values": ["DE"], "unseen": "missing" """, """ "values": ["DE", "FR"], "unseen": "missing" """, Semantic, "values", "before, such a value counted as missing"),
        Category(""" "values": ["DE", "FR"] """, """ "values": ["FR", "DE"] """, Additive, "values", "nothing takes that order"),
        Category(""" "values": ["DE"], "unseen": "accept" """, """ "values": ["DE"] """, Breaking, "unseen", "not listed will be refused; before, such a value passed as unseen"),
        Category(""" "values": ["DE"] """, """ "values": ["DE"], "unseen": "missing" """, Additive, "unseen", "counts as missing now; it was refused"),
        Category(""" "values": ["DE"], "unseen": "accept" """, """ "values": ["DE"], "unseen": "missing" """, Semantic, "unseen", "before, it passed as unseen"),
    ];

    private static ContractPair Number(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) =>
        new(Input, $$"""{"name": "n", {{before}}}""", $$"""{"name": "n", {{after}}}""", kind, $"inputs/n/{path}", words);

    private static ContractPair Category(string before, string after, Domain.Contracts.ChangeKind kind, string path, string words) =>
        Number($""" "type": "category", {before}""", $""" "type": "category", {after}""", kind, path, words);
}
