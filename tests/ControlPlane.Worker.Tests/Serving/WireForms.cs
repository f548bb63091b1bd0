using System.Text.Json;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>One request in both forms, as clients of either see its answer.</summary>
internal static class WireForms
{
    /// <summary>The row form's answer to the rows of JSON objects.</summary>
    public static Task<(int Status, JsonElement Body)> Rows(ServingHost host, string rows, string? responseVersion = null) =>
        host.PostJson("/v1/models/m:predict", responseVersion is null ? $$"""{"instances": [{{rows}}]}""" : $$"""{"response_version": "{{responseVersion}}", "instances": [{{rows}}]}""");

    /// <summary>The Open Inference Protocol's answer to the column a, and to countries when there are any.</summary>
    public static Task<(int Status, JsonElement Body)> Columns(ServingHost host, double?[] a, string[]? countries = null, string? responseVersion = null)
    {
        var inputs = new List<object> { new { name = "a", datatype = "FP64", shape = new[] { a.Length }, data = a } };
        if (countries is not null) inputs.Add(new { name = "country", datatype = "BYTES", shape = new[] { countries.Length }, data = countries });
        var parameters = new Dictionary<string, string>();
        if (responseVersion is not null) parameters["response_version"] = responseVersion;
        return host.PostJson("/v2/models/m/infer", JsonSerializer.Serialize(new { parameters, inputs }));
    }

    /// <summary>A field of every prediction.</summary>
    public static string[] Field(JsonElement rowAnswer, string name) =>
        [.. rowAnswer.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty(name).ToString())];

    public static double[] Numbers(JsonElement rowAnswer, string name) =>
        [.. rowAnswer.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty(name).GetDouble())];

    public static JsonElement Tensor(JsonElement tensorAnswer, string name) =>
        tensorAnswer.GetProperty("outputs").EnumerateArray().Single(output => output.GetProperty("name").GetString() == name);

    public static string[] Texts(JsonElement tensorAnswer, string name) => [.. Tensor(tensorAnswer, name).GetProperty("data").EnumerateArray().Select(value => value.ToString())];
}
