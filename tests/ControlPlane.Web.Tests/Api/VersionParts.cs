using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ControlPlane.Web.Tests.Api;

/// <summary>Multipart bodies of a version: files and texts by part.</summary>
internal sealed class VersionParts
{
    public const string Contract = """
        {"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "FR", "US"]}],
         "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1}]}
        """;

    private readonly MultipartFormDataContent _form = [];

    public static byte[] Onnx(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", $"{name}.onnx"));

    public static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    public VersionParts Text(string part, string text)
    {
        _form.Add(new StringContent(text), part);
        return this;
    }

    public VersionParts File(string part, string text, string fileName, string contentType = "application/octet-stream") => File(part, Encoding.UTF8.GetBytes(text), fileName, contentType);

    public VersionParts File(string part, byte[] bytes, string fileName, string contentType = "application/octet-stream")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        _form.Add(content, part, fileName);
        return this;
    }

    public async Task<HttpResponseMessage> Send(StartedWeb web, string model)
    {
        await (await web.Api().PostJson("/api/v1/models", $$"""{"name": "{{model}}"}""")).Json(System.Net.HttpStatusCode.Created);
        return await SendTo(web, model);
    }

    public Task<HttpResponseMessage> SendTo(StartedWeb web, string model) => web.Api().PostAsync($"/api/v1/models/{model}/versions", _form, TestContext.Current.CancellationToken);
}
