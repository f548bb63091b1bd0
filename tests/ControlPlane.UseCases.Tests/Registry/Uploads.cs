using System.Globalization;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

/// <summary>Uploads of the test models.</summary>
internal static class Uploads
{
    public const string Model = "fraud-scoring";

    public const string Golden = """{"inputs": {"amount": 12.5, "tenure": 3, "country": "DE"}, "outputs": {"score": 0.5}}""";

    public static string Contract(double blockAt = 0.9) => """
        {"inputs": [{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "FR", "US"]}],
         "outputs": [{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "min": 0, "max": 1}],
         "policy": {"score": "score", "bands": [{"at_least": BLOCK_AT, "decision": "block"}], "otherwise": "allow"}}
        """.Replace("BLOCK_AT", blockAt.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static async Task<TestHouse> OpenHouse(DatabaseKind database)
    {
        var house = await TestHouse.Open(database);
        await house.Send(new CreateModel(Model, null));
        return house;
    }

    public static Task<StoredArtifact> Store(TestHouse house, string model) => Store(house, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", $"{model}.onnx")));

    public static Task<StoredArtifact> Store(TestHouse house, byte[] bytes) => house.Artifacts.Store(new MemoryStream(bytes), TestContext.Current.CancellationToken);

    public static async Task<UploadedVersion> Upload(TestHouse house, double blockAt = 0.9, string? golden = Golden) =>
        await house.Send(new UploadVersion(Model, await Store(house, "scorer"), Contract(blockAt), golden, "first try"));
}
