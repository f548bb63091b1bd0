using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>A request that reaches no version: its HTTP status and the sentence that the client reads.</summary>
internal sealed class RequestException(int status, string sentence) : Exception(sentence)
{
    public int Status { get; } = status;

    public static RequestException UnknownModel(ServingTable table, string model) =>
        table.Ready ? new(StatusCodes.Status404NotFound, $"model {model} is not known here") : Starting($"model {model} is not known here yet");

    /// <summary>Nothing says which version would answer: for good as far as the node knows, or until the released one is loaded.</summary>
    public static RequestException NotReleased(ServingTable table, ServingModel model)
    {
        if (model.AwaitsChampion) return new(StatusCodes.Status503ServiceUnavailable, $"the released version of model {model.Name} is not loaded here yet; try again");
        if (!table.Ready) return Starting($"no released version of model {model.Name} is known here yet");
        var choice = model.Versions.Count == 0 ? "none is loaded here" : $"name one of {string.Join(", ", model.Versions.Keys.Order())}";
        return new(StatusCodes.Status404NotFound, $"model {model.Name} has no released version; {choice}");
    }

    public static RequestException UnknownVersion(ServingTable table, string model, string version) => table.Ready
        ? new(StatusCodes.Status404NotFound, $"version {version} of model {model} is not loaded here")
        : Starting($"version {version} of model {model} is not loaded here yet");

    /// <summary>The node does not know everything yet, so that it can deny nothing.</summary>
    private static RequestException Starting(string sentence) => new(StatusCodes.Status503ServiceUnavailable, $"the node is starting: {sentence}; try again");
}
