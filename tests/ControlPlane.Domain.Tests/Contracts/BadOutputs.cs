using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Outputs, policies and responses that are wrong, each with the path and the words that must come.</summary>
internal static class BadOutputs
{
    /// <summary>An output beside p and l, as the third one; then path within it and words.</summary>
    public static TheoryData<string, string, string> Outputs { get; } = new()
    {
        { """{"name": "q", "tensor": "s", "type": "number", "labels": ["a", "a"]}""", "labels/1", "a is given twice" },
        { """{"name": "q", "tensor": "s", "type": "number", "labels": []}""", "labels", "must hold at least one label" },
        { """{"name": "q", "tensor": "s", "type": "number", "index": 2, "labels": ["a", "b"]}""", "index", "is 2, but there are 2 labels" },
        { """{"name": "q", "tensor": "s", "type": "text", "labels": ["a"]}""", "labels", "not for a text" },
        { """{"name": "q", "tensor": "s", "type": "integer", "index": 1, "postprocessing": [{"op": "argmax"}]}""", "index", "does not go with argmax" },
        { """{"name": "q", "tensor": "s", "type": "category", "postprocessing": [{"op": "argmax"}]}""", "labels", "are missing: argmax gives the number of a class" },
        { """{"name": "q", "tensor": "s", "type": "text", "postprocessing": [{"op": "softmax"}]}""", "postprocessing", "is for a number, an integer or a category, not for a text" },
        { """{"name": "q", "tensor": "s", "type": "tensor", "datatype": "FP32", "shape": [-1], "postprocessing": [{"op": "sigmoid"}]}""", "postprocessing", "not for a raw tensor" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "tanh"}]}""", "postprocessing/0/op", "tanh is not known; known are sigmoid, softmax, argmax, calibrate" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "calibrate", "from": [0, 0], "to": [0, 1]}]}""", "postprocessing/0/from/1", "must be above the number before it" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "calibrate", "from": [0, 1], "to": [0]}]}""", "postprocessing/0/to", "must hold as many numbers as from (1 instead of 2)" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "calibrate", "from": [0], "to": [0]}]}""", "postprocessing/0/from", "must hold at least two numbers" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "calibrate", "from": [0, 1], "to": [0, 1e999]}]}""", "postprocessing/0/to/1", "beyond what double precision holds" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "calibrate", "from": [0, 1], "to": [0, 1]}, {"op": "sigmoid"}]}""", "postprocessing/1", "sigmoid comes before calibrate" },
        { """{"name": "q", "tensor": "s", "type": "number", "postprocessing": [{"op": "argmax"}, {"op": "argmax"}]}""", "postprocessing/1", "argmax is given twice" },
        { """{"name": "q", "tensor": "s", "type": "integer", "postprocessing": [{"op": "sigmoid"}]}""", "postprocessing/0", "sigmoid gives a number with a fraction" },
        { """{"name": "q", "tensor": "s", "type": "explanation"}""", "explanation", "is missing" },
        { """{"name": "q", "tensor": "s", "type": "number", "explanation": {"kind": "attributions", "features": ["x"]}}""", "explanation", "is for the type explanation" },
        { """{"name": "q", "tensor": "s", "type": "explanation", "explanation": {"kind": "why"}}""", "explanation/kind", "why is not known; known are attributions, reason_codes" },
        { """{"name": "q", "tensor": "s", "type": "explanation", "explanation": {"kind": "attributions"}}""", "explanation/features", "must name the features" },
        { """{"name": "q", "tensor": "s", "type": "explanation", "explanation": {"kind": "attributions", "features": ["x"], "codes": ["R"]}}""", "explanation/codes", "are for reason_codes" },
        { """{"name": "q", "tensor": "s", "type": "explanation", "explanation": {"kind": "reason_codes", "codes": ["R"], "top": 0}}""", "explanation/top", "must be a whole number from 1" },
        { """{"name": "q", "tensor": "s", "type": "explanation", "index": 1, "explanation": {"kind": "reason_codes"}}""", "index", "not for an explanation" },
        { """{"name": "prediction_id", "tensor": "s", "type": "number"}""", "name", "prediction_id is a field of every answer" },
        { """{"name": "p", "tensor": "s", "type": "number"}""", "name", "p is given twice" },
        { """{"name": "q", "tensor": "s", "type": "number", "min": 2, "max": 1}""", "min", "must not be above max" },
    };

    /// <summary>Parts of a policy over p, then path within <c>policy</c> and words.</summary>
    public static TheoryData<string, string, string> Policies { get; } = new()
    {
        { """ "score": "z", "bands": [{"at_least": 0.5, "decision": "block"}]""", "score", "z is not an output" },
        { """ "score": "l", "bands": [{"at_least": 0.5, "decision": "block"}]""", "score", "l is a category; a score is a number" },
        { """ "score": "p", "bands": []""", "bands", "must hold at least one band" },
        { """ "score": "p", "bands": [{"at_least": 0.5, "decision": "a"}, {"at_least": 0.6, "decision": "b"}]""", "bands/1/at_least", "must be below the band before it (0.6 is not below 0.5)" },
        { """ "score": "p", "bands": [{"at_least": 0.5, "decision": "a"}, {"at_least": 0.5, "decision": "b"}]""", "bands/1/at_least", "overlaps the band before it" },
        { """ "score": "p", "bands": [{"at_least": 1.5, "decision": "a"}]""", "bands/0/at_least", "1.5 is outside the range of p, so the band never applies" },
        { """ "score": "p", "bands": [{"at_least": -1, "decision": "a"}]""", "bands/0/at_least", "so the band always applies" },
        { """ "score": "p", "bands": [{"at_least": "0.5", "decision": "a"}]""", "bands/0/at_least", "must be a number" },
        { """ "score": "p", "bands": [{"decision": "a"}]""", "bands/0/at_least", "is missing" },
    };

    /// <summary>An override over p, then path within <c>policy/overrides</c> and words.</summary>
    public static TheoryData<string, string, string> Overrides { get; } = new()
    {
        { """{"bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment", "is missing" },
        { """{"segment": {}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment", "must name at least one input" },
        { """{"segment": {"z": "u"}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/z", "z is not an input" },
        { """{"segment": {"c": "w"}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/c", "w is no value that c can have" },
        { """{"segment": {"c": 1}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/c", "must be text, as c is a category (is 1)" },
        { """{"segment": {"b": "true"}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/b", "must be true or false, as b is a boolean" },
        { """{"segment": {"n": "3"}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/n", "must be a whole number, as n is an integer" },
        { """{"segment": {"n": 1e300}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/n", "must be a whole number" },
        { """{"segment": {"n": 10}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/n", "10 is no value that n can have" },
        { """{"segment": {"x": 1}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/x", "x is a number; a segment is a category, text, boolean or integer" },
        { """{"segment": {"c": "u"}, "bands": [{"at_least": 2, "decision": "a"}]}""", "0/bands/0/at_least", "outside the range of p" },
        { """{"segment": {"c": "u"}, "bands": []}""", "0/bands", "must hold at least one band" },
        { """{"segment": {"c": ["u"]}, "bands": [{"at_least": 0.5, "decision": "a"}]}""", "0/segment/c", "must be text, a number, true or false (is a list)" },
        { """{"segment": {"c": "u", "b": true}, "bands": [{"at_least": 0.5, "decision": "a"}]}, {"segment": {"b": true, "c": "u"}, "bands": [{"at_least": 0.4, "decision": "a"}]}""", "1/segment", "is the segment of policy/overrides/0" },
    };

    /// <summary>A response, then path within <c>response</c> and words.</summary>
    public static TheoryData<string, string, string> Responses { get; } = new()
    {
        { """{"version": "1"}""", "version", "must be major.minor" },
        { """{"version": "1.0.0"}""", "version", "must be major.minor" },
        { """{"version": "3.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "p"}]}}""", "previous/version", "must have the major version just below 3.0 (is 1.0)" },
        { """{"version": "2.0", "previous": {"version": "2.1", "fields": [{"name": "s", "from": "p"}]}}""", "previous/version", "just below 2.0" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": []}}""", "previous/fields", "must hold at least one field" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "z"}]}}""", "previous/fields/0/from", "z is not an output" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "decision"}]}}""", "previous/fields/0/from", "there only with a policy" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "l", "multiply": 2}]}}""", "previous/fields/0/multiply", "is for numbers; l is a category" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "l", "add": 2}]}}""", "previous/fields/0/add", "is for numbers" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "p", "multiply": 0}]}}""", "previous/fields/0/multiply", "must not be 0" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "p", "values": {"a": "b"}}]}}""", "previous/fields/0/values", "are for texts; p is a number" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "l", "values": {"maybe": "b"}}]}}""", "previous/fields/0/values/maybe", "is no value that l can have" },
        { """{"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "s", "from": "p"}, {"name": "s", "from": "l"}]}}""", "previous/fields/1/name", "s is given twice" },
    };

    /// <summary>An input before the others, then path within it and words.</summary>
    public static TheoryData<string, string, string> Inputs { get; } = new()
    {
        { """{"name": "i", "type": "explanation"}""", "type", "explanation is not known" },
        { """{"name": "i", "type": "number", "values": [1, 1]}""", "values/1", "1 is given twice" },
        { """{"name": "i", "type": "number", "max": 2, "values": [1, 3]}""", "values/1", "3 is outside min and max" },
        { """{"name": "i", "type": "integer", "values": [0.5]}""", "values/0", "must be whole" },
        { """{"name": "i", "type": "integer", "values": []}""", "values", "must list at least one number" },
        { """{"name": "i", "type": "boolean", "values": [true]}""", "values", "are for a category, a number or an integer" },
        { """{"name": "i", "type": "category", "unseen": "missing"}""", "values", "must list the categories" },
        { """{"name": "i", "type": "number", "unseen": "accept"}""", "unseen", "is for a category" },
        { """{"name": "i", "type": "number", "max_length": 3}""", "max_length", "is for a category or a text" },
        { """{"name": "i", "type": "category", "values": ["long"], "max_length": 3}""", "values/0", "long is longer than max_length (3)" },
        { """{"name": "i", "type": "text", "max_length": 0}""", "max_length", "must be a whole number from 1" },
        { """{"name": "i", "type": "number", "monitored": "no"}""", "monitored", "must be true or false" },
        { """{"name": "i", "type": "tensor", "datatype": "FP32", "shape": [-1], "monitored": true}""", "monitored", "a raw tensor has no distribution" },
        { """{"name": "i", "type": "number", "min": 1e999}""", "min", "is beyond what double precision holds (is 1e999)" },
        { """{"name": "\ud800", "type": "number"}""", "name", "holds text that is not valid Unicode" },
        { """{"name": "i", "type": "category", "values": ["a", "\udc00b"]}""", "values/1", "holds text that is not valid Unicode" },
        { """{"name": "i", "type": "number", "\ud800": 1}""", "", "has a field whose name is not valid Unicode" },
        { $$"""{"name": "{{new string('i', 201)}}", "type": "number"}""", "name", "has 201 characters; the most is 200" },
        { $$"""{"name": "i", "type": "number", "unit": "{{new string('i', 4001)}}"}""", "unit", "has 4001 characters; the most is 4000" },
        { $$"""{"name": "i", "type": "{{new string('i', 3000)}}"}""", "type", "iiiiiiiii… is not known" },
    };
}
