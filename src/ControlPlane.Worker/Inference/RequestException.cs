using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>A request that reaches no version: its HTTP status and the sentence that the client reads.</summary>
internal sealed class RequestException(int status, string sentence) : Exception(sentence)
{
    public int Status { get; } = status;

    public static RequestException UnknownModel(string model) => new(StatusCodes.Status404NotFound, $"model {model} is not known here");

    /// <summary>Loaded and not released: nothing says which version would answer.</summary>
    public static RequestException NotReleased(ServingModel model) =>
        new(StatusCodes.Status404NotFound, $"model {model.Name} has no released version; name one of {string.Join(", ", model.Versions.Keys.Order())}");

    public static RequestException UnknownVersion(string model, string version) =>
        new(StatusCodes.Status404NotFound, $"version {version} of model {model} is not loaded here");
}
