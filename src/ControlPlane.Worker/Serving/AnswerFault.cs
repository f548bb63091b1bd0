using System.Globalization;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>What is wrong with an answer of the model: counted, told to the client by the output's name, and never sent.</summary>
internal static class AnswerFault
{
    public static PredictionException NotFinite(string name) => new(ErrorKind.NotFinite, $"{name}: the model answered a number that is not finite");

    public static PredictionException OutOfRange(string name, double value, string why) =>
        new(ErrorKind.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{name}: the model answered {value}, which {why}"));

    public static PredictionException Shape(string name, string sentence) => new(ErrorKind.Engine, $"{name}: {sentence}");
}
