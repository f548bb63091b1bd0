using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The main job on real data sets and models, through the public API alone.</summary>
[Collection("product")]
public sealed class RealDataTests(StartedProduct product)
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("credit_default")]
    [InlineData("bank_marketing")]
    public async Task Main_job_on_real_data_never_fails_a_client(string dataSet)
    {
        var models = new RealModels(FolderOrSkip(), dataSet);
        var model = dataSet.Replace('_', '-');
        var releases = new Releases(product, model);
        await releases.CreateModel();
        var champion = await releases.UploadReady(models.Artifact("champion"), models.Contract("champion"), models.GoldenLines("champion"));
        await releases.Release(champion);
        await ScoresAreThoseOfTraining(model, models, "champion");

        await using var clients = new Clients(product, model, models.Rows("champion"), 0, 1);
        var challenger = await releases.UploadReady(models.Artifact("challenger"), models.Contract("challenger"), models.GoldenLines("challenger"));
        var shadow = await releases.Begin(challenger, "shadow", [Releases.Step(100, 2, 50)], []);
        await releases.ReachesPhase(shadow, "awaiting_promotion");
        Assert.Equal(0, clients.AnswersOf(challenger));
        await releases.Act(shadow, "cancel", "seen enough in the shadow");

        object[] gates = [Releases.Gate("error_rate", 0.05, 50)];
        var canary = await releases.Begin(challenger, "canary", [Releases.Step(10, 2, 20), Releases.Step(50, 2, 100)], gates);
        await releases.ReachesPhase(canary, "awaiting_promotion", withinSeconds: 120);
        Assert.True(clients.AnswersOf(challenger) > 0);
        await TakenBackAtOnce(releases, clients, challenger);
        await releases.ReachesPhase(canary, "rolled_back");
        Assert.Empty(clients.Failures);
    }

    [Fact]
    public async Task Dense_tensor_form_gives_the_scores_of_training()
    {
        var folder = FolderOrSkip();
        var golden = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "credit_default.dense.golden.json"), TestContext.Current.CancellationToken))!;
        var releases = new Releases(product, "credit-dense");
        await releases.CreateModel();
        await releases.Release(await releases.UploadReady(await File.ReadAllBytesAsync(Path.Combine(folder, "credit_default.dense.onnx"), TestContext.Current.CancellationToken), DenseContract(golden), ""));

        var rows = golden["rows"]!.AsArray().Select((row, index) => (Values: row!.AsArray(), Score: (double)golden["expected_probabilities"]![index]![1]!));
        using var client = new HttpClient { BaseAddress = product.Node(0) };
        foreach (var (values, score) in rows.Where(row => row.Values.All(value => value is not null)).Take(50))
        {
            var body = new { inputs = new[] { new { name = "x", shape = new[] { 1, values.Count }, datatype = "FP32", data = values } } };
            using var answer = await client.PostAsJsonAsync("v2/models/credit-dense/infer", body, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, text);
            var output = JsonNode.Parse(text)!["outputs"]!.AsArray().Single(tensor => (string)tensor!["name"]! == "probabilities")!;
            Assert.Equal(score, (double)output["data"]!.AsArray().Last()!, Tolerance);
        }
    }

    private static string DenseContract(JsonNode golden) => Releases.Json(new
    {
        inputs = new[] { new { name = "x", type = "tensor", datatype = "FP32", shape = new[] { -1, golden["columns"]!.AsArray().Count } } },
        outputs = new[] { new { name = "probabilities", tensor = "probabilities", type = "tensor", datatype = "FP32", shape = new[] { -1, 2 } } },
    });

    private static async Task TakenBackAtOnce(Releases releases, Clients clients, int challenger)
    {
        var result = await releases.RollBack("the test takes it back");
        Assert.All(result["nodes"]!.AsArray(), node => Assert.True((double?)node!["acknowledged_milliseconds"] > 0, node!.ToJsonString()));
        await Task.Delay(100); // answers that were under way when the nodes acknowledged
        var before = clients.AnswersOf(challenger);
        var all = clients.Answers;
        await Eventually.Holds(() => Task.FromResult(clients.Answers > all + 100), TimeSpan.FromSeconds(20), () => "The clients get no answers.");
        Assert.Equal(before, clients.AnswersOf(challenger));
    }

    private async Task ScoresAreThoseOfTraining(string model, RealModels models, string which)
    {
        using var client = new HttpClient { BaseAddress = product.Node(0) };
        var rows = models.Rows(which);
        var scores = models.Scores(which);
        for (var from = 0; from < rows.Count; from += 40)
        {
            var body = $$"""{"instances": [{{string.Join(',', rows.Skip(from).Take(40))}}]}""";
            using var answer = await client.PostAsync($"v1/models/{model}:predict", new StringContent(body, null, "application/json"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var predictions = JsonNode.Parse(text)!["predictions"]!.AsArray();
            for (var row = 0; row < predictions.Count; row++) Assert.Equal(scores[from + row], (double)predictions[row]!["score"]!, Tolerance);
        }
    }

    private static string FolderOrSkip()
    {
        Assert.SkipWhen(RealModels.Folder is null, "CONTROLPLANE_REAL_DATA does not name the folder with the real data sets.");
        return RealModels.Folder!;
    }
}
