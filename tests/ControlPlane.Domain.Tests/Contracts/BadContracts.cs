using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Parts of contracts that are wrong, each with the path and the words that must come.</summary>
internal static class BadContracts
{
    /// <summary>
    /// What the parts are added to: numbers x (any), a (from 0), o (optional), integer n, boolean b, text t, categories c (listed), e (listed, others accepted),
    /// m (listed, others missing), d (digits), raw tensor r; output p in [0, 1] and the label l.
    /// </summary>
    public const string Inputs = """
        "inputs": [{"name": "x", "type": "number"}, {"name": "a", "type": "number", "min": 0}, {"name": "o", "type": "number", "required": false},
          {"name": "n", "type": "integer", "min": 0, "max": 9}, {"name": "b", "type": "boolean"}, {"name": "t", "type": "text"},
          {"name": "c", "type": "category", "values": ["u", "v"]}, {"name": "e", "type": "category", "values": ["u", "v"], "unseen": "accept"},
          {"name": "m", "type": "category", "values": ["u", "v"], "unseen": "missing"}, {"name": "d", "type": "category", "values": ["1", "2.5"]},
          {"name": "r", "type": "tensor", "datatype": "FP32", "shape": [-1, 2]}]
        """;

    public const string Outputs = """
        "outputs": [{"name": "p", "tensor": "s", "index": 1, "type": "number", "min": 0, "max": 1}, {"name": "l", "tensor": "k", "type": "category", "labels": ["no", "yes"]}]
        """;

    /// <summary>A step or several, then path within <c>preprocessing</c> and words.</summary>
    public static TheoryData<string, string, string> Steps { get; } = new()
    {
        { """{"op": "log1p"}""", "0/feature", "is missing" },
        { """{"op": "log1p", "feature": "z"}""", "0/feature", "z is not an input, and no step makes it" },
        { """{"op": "clip", "feature": "y", "min": 0}, {"op": "log1p", "feature": "a", "into": "y"}""", "0/feature", "y is made only by a later step, preprocessing/1" },
        { """{"op": "log1p", "feature": "y", "into": "y"}""", "0/feature", "y is made by this very step" },
        { """{"op": "clip", "feature": "y", "min": 0, "into": "z"}, {"op": "clip", "feature": "z", "min": 0, "into": "y"}""", "0/feature", "y is made only by a later step" },
        { """{"op": "assemble", "tensor": "f", "columns": ["y"]}, {"op": "log1p", "feature": "a", "into": "y"}""", "0/columns/0", "y is made only by a later step" },
        { """{"op": "assemble", "tensor": "f", "columns": ["x"]}, {"op": "assemble", "tensor": "g", "columns": ["f"]}""", "1/columns/0", "f is an assembled tensor" },
        { """{"op": "log1p", "feature": "a", "into": "x"}""", "0/into", "x is already an input" },
        { """{"op": "log1p", "feature": "a", "into": "a"}""", "0/into", "a is already an input" },
        { """{"op": "log1p", "feature": "a", "into": "y"}, {"op": "clip", "feature": "x", "min": 0, "into": "y"}""", "1/into", "y is already a column, made by preprocessing/0" },
        { """{"op": "log1p", "feature": "a", "into": "f"}, {"op": "assemble", "tensor": "f", "columns": ["x"]}""", "0/into", "f is the name of a tensor" },
        { """{"op": "impute", "feature": "o", "value": 0, "indicator": "x"}""", "0/indicator", "x is already an input" },
        { """{"op": "impute", "feature": "o", "value": 0, "into": "y", "indicator": "y"}""", "0/indicator", "y is already a column" },
        { """{"op": "log1p", "feature": "c"}""", "0/feature", "c is a category; log1p takes numbers" },
        { """{"op": "standardize", "feature": "t", "mean": 0, "scale": 1}""", "0/feature", "t is a text; standardize takes numbers" },
        { """{"op": "clip", "feature": "r", "min": 0}""", "0/feature", "r is a raw tensor; clip takes single values" },
        { """{"op": "one_hot", "feature": "c"}, {"op": "standardize", "feature": "c", "mean": 0, "scale": 1}""", "1/feature", "c is 2 columns by now; standardize takes a single one" },
        { """{"op": "bucketize", "feature": "x", "edges": [0, 1, 2], "encode": "one_hot"}, {"op": "log1p", "feature": "x"}""", "1/feature", "x is 2 columns" },
        { """{"op": "log1p", "feature": "x"}""", "0/feature", "x has no least value; log1p needs values above -1" },
        { """{"op": "clip", "feature": "x", "min": -1}, {"op": "log1p", "feature": "x"}""", "1/feature", "x may be as small as -1" },
        { """{"op": "standardize", "feature": "a", "mean": 5, "scale": 2}, {"op": "log1p", "feature": "a"}""", "1/feature", "a may be as small as -2.5" },
        { """{"op": "clip", "feature": "o", "min": 0}, {"op": "impute", "feature": "o", "value": -3}, {"op": "log1p", "feature": "o"}""", "2/feature", "o may be as small as -3" },
        { """{"op": "clip", "feature": "x"}""", "0", "must say min, max or both" },
        { """{"op": "clip", "feature": "x", "min": 2, "max": 1}""", "0/min", "must not be above max (2 > 1)" },
        { """{"op": "standardize", "feature": "x", "mean": 0, "scale": 0}""", "0/scale", "must not be 0" },
        { """{"op": "standardize", "feature": "x", "scale": 1}""", "0/mean", "is missing" },
        { """{"op": "standardize", "feature": "x", "mean": 1e999, "scale": 1}""", "0/mean", "is beyond what double precision holds (is 1e999)" },
        { """{"op": "standardize", "feature": "x", "mean": "0", "scale": 1}""", "0/mean", "must be a number (is \"0\")" },
        { """{"op": "min_max", "feature": "x", "min": 1, "max": 1}""", "0/max", "must be above min (1 is not above 1)" },
        { """{"op": "min_max", "feature": "x", "min": 0, "max": 1, "low": 1, "high": -1}""", "0/high", "must be above low" },
        { """{"op": "min_max", "feature": "x", "min": 0, "max": 1, "clip": 1}""", "0/clip", "must be true or false" },
        { """{"op": "one_hot", "feature": "t"}""", "0/values", "must be given, as t is a text that lists no values" },
        { """{"op": "one_hot", "feature": "x"}""", "0/values", "must be given, as x is a number that lists no values" },
        { """{"op": "one_hot", "feature": "t", "values": []}""", "0/values", "must list at least one value" },
        { """{"op": "one_hot", "feature": "c", "values": [1, 2]}""", "0/values", "must be texts, as c is a category" },
        { """{"op": "one_hot", "feature": "n", "values": ["1"]}""", "0/values", "must be numbers, as n is an integer" },
        { """{"op": "one_hot", "feature": "n", "values": [1, 1.5]}""", "0/values/1", "1.5 can never be a value of n" },
        { """{"op": "one_hot", "feature": "b", "values": [0, 2]}""", "0/values/1", "2 can never be a value of b" },
        { """{"op": "one_hot", "feature": "c", "values": ["u", "u"]}""", "0/values/1", "u is given twice" },
        { """{"op": "one_hot", "feature": "c", "values": ["u", 1]}""", "0/values/1", "must be text (is 1)" },
        { """{"op": "one_hot", "feature": "n", "values": [1, "u"]}""", "0/values/1", "must be a number" },
        { """{"op": "one_hot", "feature": "b", "values": [true, true]}""", "0/values/1", "true is given twice" },
        { """{"op": "one_hot", "feature": "c", "values": ["u"], "drop_first": true}""", "0/drop_first", "leaves no column" },
        { """{"op": "ordinal", "feature": "t"}""", "0/values", "must be given" },
        { """{"op": "ordinal", "feature": "e"}""", "0/unseen_value", "is missing: e may have values that are not listed here" },
        { """{"op": "ordinal", "feature": "c", "values": ["u"]}""", "0/unseen_value", "is missing" },
        { """{"op": "ordinal", "feature": "n", "values": [1, 2]}""", "0/unseen_value", "is missing" },
        { """{"op": "impute", "feature": "m", "value": "w"}, {"op": "ordinal", "feature": "m"}""", "1/unseen_value", "is missing" },
        { """{"op": "bucketize", "feature": "x", "edges": [1, 1]}""", "0/edges/1", "must be above the edge before it (1 is not above 1)" },
        { """{"op": "bucketize", "feature": "x", "edges": [1]}""", "0/edges", "must hold at least two numbers" },
        { """{"op": "bucketize", "feature": "x", "edges": [0, null]}""", "0/edges/1", "must be a number (is null)" },
        { """{"op": "bucketize", "feature": "x", "edges": [0, 1], "encode": "dense"}""", "0/encode", "dense is not known; known are ordinal, one_hot" },
        { """{"op": "cast", "feature": "x", "to": "tensor"}""", "0/to", "tensor is not known" },
        { """{"op": "cast", "feature": "c", "to": "number"}""", "0/to", "u, a value of c, does not read as a number" },
        { """{"op": "cast", "feature": "t", "to": "integer"}""", "0/to", "t may be any text" },
        { """{"op": "cast", "feature": "c", "to": "boolean"}""", "0/to", "u, a value of c, does not read as a number" },
        { """{"op": "cast", "feature": "t", "to": "text"}""", "0/to", "t is text already" },
        { """{"op": "impute", "feature": "x", "value": 0}""", "0/feature", "x is required and so never missing" },
        { """{"op": "impute", "feature": "o", "value": 0}, {"op": "impute", "feature": "o", "value": 0}""", "1/feature", "o is never missing here" },
        { """{"op": "impute", "feature": "o", "value": true}""", "0/value", "must be a number, as o is a number" },
        { """{"op": "impute", "feature": "m", "value": 1}""", "0/value", "must be text, as m is a category" },
        { """{"op": "impute", "feature": "o", "value": 1e999}""", "0/value", "beyond what double precision holds" },
        { """{"op": "assemble", "tensor": "f", "columns": ["x"]}, {"op": "clip", "feature": "x", "min": 0}""", "1/feature", "x is changed after a step that already reads it" },
        { """{"op": "assemble", "tensor": "f", "columns": ["x", "t"]}""", "0/columns/1", "t is a text; assemble takes numbers" },
        { """{"op": "cast", "feature": "x", "to": "text"}, {"op": "assemble", "tensor": "f", "columns": ["x"]}""", "1/columns/0", "x is a text" },
        { """{"op": "assemble", "tensor": "f", "columns": ["r"]}""", "0/columns/0", "r is a raw tensor" },
        { """{"op": "assemble", "tensor": "f", "datatype": "INT64", "columns": ["n", "x"]}""", "0/columns/1", "x is a number that may have a fraction, and INT64 has none" },
        { """{"op": "cast", "feature": "o", "to": "integer"}, {"op": "assemble", "tensor": "f", "datatype": "INT64", "columns": ["o"]}""", "1/columns/0", "o may be missing, and INT64 has no place for that" },
        { """{"op": "ordinal", "feature": "m"}, {"op": "assemble", "tensor": "f", "datatype": "INT32", "columns": ["m"]}""", "1/columns/0", "m may be missing" },
        { """{"op": "assemble", "tensor": "f", "columns": ["x", "x"]}""", "0/columns/1", "x is given twice" },
        { """{"op": "assemble", "tensor": "f", "datatype": "FP8", "columns": ["x"]}""", "0/datatype", "FP8 is no datatype of numbers" },
        { """{"op": "assemble", "tensor": "f", "columns": ["x"]}, {"op": "assemble", "tensor": "f", "columns": ["a"]}""", "1/tensor", "f is already the name of a tensor" },
        { """{"op": "onnx", "artifact": "graph.onnx"}""", "0/artifact", "must be the digest of the graph's file" },
        { $$"""{"op": "clip", "feature": "x", "min": 0}, {"op": "onnx", "artifact": "sha256:{{new string('a', 64)}}"}""", "1/op", "it must be the only one" },
        { """{"op": "scale", "feature": "x"}""", "0/op", "scale is not known; known are impute, clip, log1p" },
        { """{"op": "log1p", "feature": "a", "base": 2}""", "0/base", "is not known here; known are op, feature, into" },
        { "7", "0", "must be an object (is 7)" },
    };
}
