using System.Text.Json;
using ControlPlane.Domain.Registry;

namespace ControlPlane.Worker.Serving;

/// <summary>Whether a value that came is the one that training computed.</summary>
internal static class GoldenAgreement
{
    private const int MostShownValues = 8;

    public static bool Agrees(double expected, double got) => Math.Abs(got - expected) <= GoldenReport.Tolerance * Math.Max(1, Math.Abs(expected));

    /// <summary>Null when they agree; otherwise the value that is furthest off.</summary>
    public static GoldenDifference? Compare(GoldenStage stage, string name, string expectedJson, StageValues? got)
    {
        using var document = JsonDocument.Parse(expectedJson);
        var expected = new List<JsonElement>();
        Flatten(document.RootElement, expected);
        if (got is null) return new(stage, name, expectedJson, "null", null);
        if (expected.Count != got.Length) return new(stage, name, expectedJson, got.Json(MostShownValues, asList: true), null);
        GoldenDifference? worst = null;
        for (var at = 0; at < expected.Count; at++)
        {
            if (Compare(expected[at], got, at, out var difference)) continue;
            if (worst is not null && !(difference is null ? worst.Difference is not null : difference > worst.Difference)) continue;
            worst = new(stage, got.Length == 1 ? name : $"{name}[{at}]", expected[at].GetRawText(), got.Json(at), difference);
        }

        return worst;
    }

    /// <summary>Compares an output, whatever its form; tells the largest difference between numbers met on the way.</summary>
    public static bool Agrees(JsonElement expected, JsonElement got, ref double largest)
    {
        switch (expected.ValueKind, got.ValueKind)
        {
            case (JsonValueKind.Number, JsonValueKind.Number):
                largest = Math.Max(largest, Math.Abs(got.GetDouble() - expected.GetDouble()));
                return Agrees(expected.GetDouble(), got.GetDouble());
            case (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() == got.GetArrayLength():
                var agrees = true;
                foreach (var (one, other) in expected.EnumerateArray().Zip(got.EnumerateArray())) agrees &= Agrees(one, other, ref largest);
                return agrees;
            case (JsonValueKind.Object, JsonValueKind.Object) when expected.GetPropertyCount() == got.GetPropertyCount():
                var same = true;
                foreach (var field in expected.EnumerateObject()) same &= got.TryGetProperty(field.Name, out var value) && Agrees(field.Value, value, ref largest);
                return same;
            default:
                return JsonElement.DeepEquals(expected, got);
        }
    }

    /// <param name="difference">Set between two finite numbers.</param>
    private static bool Compare(JsonElement expected, StageValues got, int at, out double? difference)
    {
        difference = null;
        if (got.Texts is { } texts) return expected.ValueKind == JsonValueKind.Null ? texts[at].Length == 0 : expected.ValueKind == JsonValueKind.String && expected.GetString() == texts[at];
        var number = got.Numbers![at];
        double? wanted = expected.ValueKind switch
        {
            JsonValueKind.Number => expected.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        };
        if (wanted is not { } value) return expected.ValueKind == JsonValueKind.Null && double.IsNaN(number);
        if (!double.IsFinite(number)) return false;
        difference = Math.Abs(number - value);
        return Agrees(value, number);
    }

    private static void Flatten(JsonElement value, List<JsonElement> into)
    {
        if (value.ValueKind != JsonValueKind.Array) into.Add(value);
        else
            foreach (var element in value.EnumerateArray()) Flatten(element, into);
    }
}
