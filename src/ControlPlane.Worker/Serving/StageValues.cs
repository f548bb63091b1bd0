using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>What one row holds in a prepared column or in a tensor: numbers (NaN is missing) or texts (empty is missing).</summary>
/// <param name="IsSingle">The numbers came in single precision, so the shortest text of that says all of them.</param>
internal sealed record StageValues(double[]? Numbers, string[]? Texts, bool IsSingle = false)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Length => Numbers?.Length ?? Texts!.Length;

    /// <summary>A row's share of a tensor; of a tensor without an axis of rows the whole, when there is but one row. Null when the rows cannot be told apart.</summary>
    public static StageValues? Of(Tensor tensor, int row, int rows)
    {
        var isByRow = tensor.Shape is [var first, ..] && first == rows && rows > 0;
        if (!isByRow && rows != 1) return null;
        var length = isByRow ? tensor.Length / rows : tensor.Length;
        var start = isByRow ? row * length : 0;
        return tensor switch
        {
            StringTensor texts => new(null, texts.Values.AsSpan(start, length).ToArray()),
            Tensor<float> numbers => new(Copy<float>(numbers, start, length), null, true),
            Tensor<Half> numbers => new(Copy<Half>(numbers, start, length), null, true),
            Tensor<double> numbers => Of(numbers, start, length),
            Tensor<long> numbers => Of(numbers, start, length),
            Tensor<int> numbers => Of(numbers, start, length),
            Tensor<short> numbers => Of(numbers, start, length),
            Tensor<sbyte> numbers => Of(numbers, start, length),
            Tensor<ulong> numbers => Of(numbers, start, length),
            Tensor<uint> numbers => Of(numbers, start, length),
            Tensor<ushort> numbers => Of(numbers, start, length),
            Tensor<byte> numbers => Of(numbers, start, length),
            Tensor<bool> flags => new(Array.ConvertAll(flags.Span.Slice(start, length).ToArray(), flag => flag ? 1.0 : 0.0), null),
            _ => null,
        };
    }

    /// <summary>One value as JSON; missing is null.</summary>
    public string Json(int at)
    {
        if (Texts is { } texts) return texts[at].Length == 0 ? "null" : JsonSerializer.Serialize(texts[at], Plain);
        var number = Numbers![at];
        return double.IsNaN(number) ? "null"
            : double.IsInfinity(number) ? $"\"{(number > 0 ? "" : "-")}Infinity\""
            : IsSingle ? ((float)number).ToString("R", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>One value as JSON, a long text cut.</summary>
    public JsonElement Element(int at, int mostCharacters) => Texts?[at] is { } text && text.Length > mostCharacters
        ? JsonSerializer.SerializeToElement($"{text[..mostCharacters]}…")
        : JsonSerializer.Deserialize<JsonElement>(Json(at));

    /// <summary>All values as JSON: one alone as it is, several as a list of which the first ones are written.</summary>
    public string Json(int most, bool asList)
    {
        if (!asList && Length == 1) return Json(0);
        return $"[{string.Join(", ", Enumerable.Range(0, Math.Min(most, Length)).Select(Json))}{(Length > most ? ", …" : "")}]";
    }

    private static StageValues Of<T>(Tensor<T> tensor, int start, int length) where T : unmanaged, INumberBase<T> => new(Copy(tensor, start, length), null);

    private static double[] Copy<T>(Tensor<T> tensor, int start, int length) where T : unmanaged, INumberBase<T>
    {
        var numbers = new double[length];
        var values = tensor.Span.Slice(start, length);
        for (var i = 0; i < length; i++) numbers[i] = double.CreateTruncating(values[i]);
        return numbers;
    }
}
