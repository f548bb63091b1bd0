using System.Globalization;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Health and metadata of the Open Inference Protocol.</summary>
internal sealed class MetadataHandler(ServingTableHolder tables, InferenceSettings settings)
{
    public Task Server(HttpContext context) => Write(context, StatusCodes.Status200OK, json =>
    {
        json.WriteString("name"u8, "controlplane");
        json.WriteString("version"u8, settings.ServerVersion);
        json.WriteStartArray("extensions"u8);
        json.WriteStringValue("binary_tensor_data"u8);
        json.WriteEndArray();
    });

    public Task Live(HttpContext context) => Write(context, StatusCodes.Status200OK, json => json.WriteBoolean("live"u8, true));

    public Task Ready(HttpContext context)
    {
        var ready = tables.Current.Ready;
        return Write(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteBoolean("live"u8, true);
            json.WriteBoolean("ready"u8, ready);
            if (!ready) json.WriteString("error"u8, "the node has not loaded everything that it was told to serve");
        });
    }

    /// <summary>The outputs are those of the response version that the header asks for, as an infer with the same header would answer.</summary>
    public Task Model(HttpContext context) => WithVersion(context, (_, serving, version) =>
    {
        var plan = version.Plan;
        var choice = ResponseVersionChoice.Of(plan.Contract.Response, InferenceHandler.HeaderOf(context.Request, InferenceHandler.ResponseVersionHeader), version.Version);
        return choice.Refusal is { } refusal
            ? ErrorAnswer.Write(context, StatusCodes.Status400BadRequest, $"response_version (header {InferenceHandler.ResponseVersionHeader}): {refusal}")
            : Write(context, StatusCodes.Status200OK, json => WriteModel(json, serving, version, choice.IsPrevious ? plan.Previous! : plan.Present));
    });

    private static void WriteModel(Utf8JsonWriter json, ServingModel serving, LoadedVersion version, AnswerForm form)
    {
        json.WriteString("name"u8, serving.Name);
        json.WriteStartArray("versions"u8);
        foreach (var number in serving.Versions.Keys.Order()) json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteString("platform"u8, "onnx_onnxv1");
        WriteTensors(json, "inputs", version.Contract.Inputs.Select(Describe));
        WriteTensors(json, "outputs", form.Fields.Select(field => (field.Name, field.Signature.Datatype, field.Signature.Shape)));
        if (version.Plan.Previous is not { } previous) return;
        // The protocol has no such field; it is there only where there is a choice to tell of.
        json.WriteStartObject("parameters"u8);
        json.WriteString("response_version"u8, form.Version);
        json.WriteString("response_versions"u8, $"{version.Plan.Present.Version},{previous.Version}");
        json.WriteEndObject();
    }

    /// <summary>Ready means that an infer at the same address would be answered: a version is loaded before the model is released.</summary>
    public Task ModelReady(HttpContext context) => WithVersion(context, (table, serving, _) =>
        serving.Split is null && context.Request.RouteValues.GetValueOrDefault("version") is null
            ? Refuse(context, RequestException.NotReleased(table, serving))
            : Write(context, StatusCodes.Status200OK, json =>
            {
                json.WriteString("name"u8, serving.Name);
                json.WriteBoolean("ready"u8, true);
            }));

    private Task WithVersion(HttpContext context, Func<ServingTable, ServingModel, LoadedVersion, Task> write)
    {
        var model = (string)context.Request.RouteValues["model"]!;
        var wanted = (string?)context.Request.RouteValues.GetValueOrDefault("version");
        var table = tables.Current;
        if (!table.Models.TryGetValue(model, out var serving)) return Refuse(context, RequestException.UnknownModel(table, model));
        if (wanted is null && serving is { Split: null, Versions.Count: 0 }) return Refuse(context, RequestException.NotReleased(table, serving));
        var number = wanted is null ? serving.Split?.Champion ?? serving.Versions.Keys.DefaultIfEmpty().Max()
            : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : -1;
        return serving.Versions.TryGetValue(number, out var version)
            ? write(table, serving, version)
            : Refuse(context, RequestException.UnknownVersion(table, model, wanted ?? number.ToString(CultureInfo.InvariantCulture)));
    }

    private static Task Refuse(HttpContext context, RequestException cause) => ErrorAnswer.Write(context, cause.Status, cause.Message);

    private static (string Name, string Datatype, IReadOnlyList<long> Shape) Describe(InputField field) => field.Tensor is { } raw
        ? (field.Name, raw.Datatype, raw.Shape)
        : (field.Name, field.Type switch
        {
            FieldType.Integer => "INT64",
            FieldType.Boolean => "BOOL",
            FieldType.Category or FieldType.Text => "BYTES",
            _ => "FP64",
        }, [-1, 1]);

    private static void WriteTensors(Utf8JsonWriter json, string name, IEnumerable<(string Name, string Datatype, IReadOnlyList<long> Shape)> tensors)
    {
        json.WriteStartArray(name);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tensor.Name);
            json.WriteString("datatype"u8, tensor.Datatype);
            json.WriteStartArray("shape"u8);
            foreach (var axis in tensor.Shape) json.WriteNumberValue(axis);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async Task Write(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET";
            await ErrorAnswer.Write(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} is not for this address; use GET");
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
