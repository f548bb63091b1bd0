using System.Runtime.CompilerServices;

namespace ControlPlane.Web.Tests.Api;

/// <summary>The description that client programs are generated from: a change of it is a change for them, and shows as a diff.</summary>
public sealed class OpenApiTests(StartedWeb web) : IClassFixture<StartedWeb>
{
    [Fact]
    public async Task Description_is_the_one_on_record()
    {
        var snapshot = Path.Combine(Folder(), "openapi.v1.json");
        var now = (await web.Anonymous().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") await File.WriteAllTextAsync(snapshot, now, TestContext.Current.CancellationToken);
        var onRecord = await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken);
        Assert.True(onRecord == now, "The OpenAPI document has changed. If that is meant, run this test with UPDATE_SNAPSHOTS=1 and commit tests/ControlPlane.Web.Tests/openapi.v1.json.");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, ".."));
}
