using System.Text.Json;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Inference;

/// <summary>Names a JSON token in an error's sentence.</summary>
internal static class JsonToken
{
    public static string Describe(ref Utf8JsonReader reader) => FoundValue.Of(ref reader).Text;
}
