using System.Globalization;
using System.Text;
using System.Text.Json;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>A model with preprocessing and calibration outside its graph, and golden samples that tell what training computed at every stage.</summary>
internal static class SkewSamples
{
    private const double Mean = 3.2;
    private const double Scale = 1.1;

    /// <param name="mean">Training's is 3.2.</param>
    /// <param name="top">What a raw score of 1 is calibrated to; training's is 0.9.</param>
    public static string Contract(double mean = Mean, double top = 0.9) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"inputs":[{"name":"a","type":"number","min":-100,"max":100},{"name":"b","type":"number"}],
         "preprocessing":[{"op":"standardize","feature":"a","mean":{{{mean}}},"scale":{{{Scale}}}},
                          {"op":"assemble","tensor":"features","datatype":"FP32","columns":["a","b"]}],
         "outputs":[{"name":"score","tensor":"score","index":0,"type":"number","min":0,"max":1,"postprocessing":[{"op":"calibrate","from":[0,1],"to":[0,{{{top}}}]}]}],
         "policy":{"score":"score","bands":[{"at_least":0.5,"decision":"block"}],"otherwise":"allow"}}
        """);

    public static byte[] Golden()
    {
        var lines = from i in Enumerable.Range(0, 40)
                    let a = i / 4.0
                    let b = i % 3
                    let standardized = (a - Mean) / Scale
                    let raw = Samples.Score(1, standardized, b)
                    let score = 0.9 * raw
                    select JsonSerializer.Serialize(new
                    {
                        inputs = new { a, b },
                        outputs = new { score, decision = score >= 0.5 ? "block" : "allow" },
                        stages = new { preprocessing = new { a = standardized, features = new[] { standardized, b } }, model = new { score = raw } },
                    });
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
