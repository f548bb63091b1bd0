namespace ControlPlane.OnnxRuntime.Tests;

/// <summary>The small models that Models/make_models.py wrote.</summary>
internal static class Sample
{
    public static string PathOf(string model) => Path.Combine(AppContext.BaseDirectory, "Models", model + ".onnx");

    public static byte[] Bytes(string model) => File.ReadAllBytes(PathOf(model));

    public static InferenceSession Load(string model) =>
        InferenceSession.Load(Bytes(model), SessionOptions.Default, TestContext.Current.CancellationToken);

    public static Tensor RunOne(this InferenceSession session, string input, Tensor tensor, string output) =>
        session.Run([new NamedTensor(input, tensor)], [output], TestContext.Current.CancellationToken)[0].Tensor;
}
