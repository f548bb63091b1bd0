using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Bundles;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry.Bundles;

public sealed class OwnBundleTests
{
    private const string Reference = "amount,tenure,country,score\n12.5,3,DE,0.5\n80,1,FR,0.7\n3,9,US,0.2\n";

    [Theory]
    [OnEachDatabase]
    public async Task Bundle_in_a_folder_becomes_a_draft_and_the_draft_a_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var imported = await Zips.Import(
            house, ("fraud/model.onnx", Zips.Model("scorer")), ("fraud/contract.json", Uploads.Contract()), ("fraud/golden.jsonl", Uploads.Golden), ("fraud/baseline.csv", Reference),
            ("fraud/README.md", "Trained in May."), ("fraud/train.py", "print()"), ("fraud/old.zip", "PK"), ("__MACOSX/fraud/._model.onnx", "x"), ("fraud/.DS_Store", "x"));
        Assert.Equal(("bundle", 1, Uploads.Contract()), (imported.Source, imported.GoldenRows, imported.Contract));
        Assert.Empty(imported.Problems);
        Assert.Equal(5, imported.Carried.Count);
        Assert.Equal(["old.zip: an archive within a bundle is not opened", "train.py: has no place in a version"], imported.NotCarried);
        var draft = await house.Send(new GetDraft(Uploads.Model, imported.DraftId!.Value));
        Assert.Equal((imported.ArtifactDigest, "Trained in May.", 1), (draft.ArtifactDigest, draft.Notes, draft.GoldenRows));
        Assert.NotNull(draft.BaselineDigest);
        Assert.Equal(imported.NotCarried, draft.ImportNotes);
        await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id));
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        Assert.Equal((imported.ArtifactDigest, 1, "Trained in May."), (version.ArtifactDigest, version.GoldenRows, version.Notes));
        Assert.Equal(3, version.Baseline!.Rows);
        Assert.Equal(imported.NotCarried, version.ImportNotes);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Complete_bundle_becomes_a_version_at_once(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var zip = Zips.Of(("model.onnx", Zips.Model("scorer")), ("contract.json", Uploads.Contract()), ("golden.csv", "amount,tenure,country,score\n12.5,3,DE,0.5\n7,1,FR,0.7\n"), ("baseline.csv", Reference), ("x.txt", ""));
        var imported = await Zips.Import(house, zip, create: true);
        Assert.Equal((1, false, (Guid?)null, 2), (imported.Version!.Version, imported.Version.AlreadyThere, imported.DraftId, imported.GoldenRows));
        Assert.Equal(["x.txt: has no place in a version"], (await house.Send(new GetVersion(Uploads.Model, 1))).ImportNotes);
        Assert.Empty(await house.Send(new ListDrafts(Uploads.Model)));
    }

    [Fact]
    public async Task Golden_samples_in_CSV_become_lines_and_wrong_ones_are_told()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var good = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")), ("contract.json", Uploads.Contract()), ("golden.csv", "\uFEFFamount,tenure,country,score\n12.5,3,DE,0.5\n"));
        Assert.Equal(1, good.GoldenRows);
        Assert.Empty(good.Problems);
        var bad = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")), ("contract.json", Uploads.Contract()), ("golden.csv", "amount,tenure,country,score\nmany,3,DE,0.5\n"));
        Assert.Equal(0, bad.GoldenRows);
        Assert.Contains(bad.Problems, problem => problem.Path.StartsWith("golden:2", StringComparison.Ordinal));
        var lines = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")), ("contract.json", Uploads.Contract()), ("golden.jsonl", $"{Uploads.Golden}\nnonsense"));
        Assert.Contains(lines.Problems, problem => problem.Path == "golden:2");
    }

    [Fact]
    public async Task Wrong_contract_is_kept_with_its_problems_and_a_missing_one_is_inferred()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var wrong = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")), ("contract.json", "{ not JSON"));
        Assert.Equal("{ not JSON", wrong.Contract);
        Assert.NotEmpty(wrong.Problems);
        var inferred = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")));
        Assert.Empty(inferred.Problems);
        Assert.Equal(2, (await house.Send(new ListDrafts(Uploads.Model))).Count);
        Assert.True((await house.Send(new GetDraft(Uploads.Model, inferred.DraftId!.Value))).Fits);
    }

    [Fact]
    public async Task Preprocessing_graph_must_be_the_one_of_the_contract()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("model.onnx", Zips.Model("scorer")), ("contract.json", Uploads.Contract()), ("preprocessing.onnx", Zips.Model("dense")));
        Assert.Contains(imported.Problems, problem => problem.Path == "preprocessing" && problem.Sentence.Contains("sha256:", StringComparison.Ordinal));
        Assert.Contains(imported.Carried, sentence => sentence.StartsWith("preprocessing.onnx", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model.onnx", "not a model", "bundle/model.onnx")]
    [InlineData("model.onnx", "", "bundle/model.onnx")]
    [InlineData("readme.txt", "nothing here", "bundle")]
    public async Task Bundle_without_a_model_is_refused(string name, string content, string path)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        Assert.Equal(path, (await Zips.Refused(house, Zips.Of((name, content)))).Problems.Single().Path);
    }

    [Fact]
    public async Task Two_kinds_of_golden_samples_empty_archive_and_wrong_text_are_refused()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var two = await Zips.Refused(house, Zips.Of(("model.onnx", Zips.Model("dense")), ("golden.csv", "a"), ("golden.jsonl", "b")));
        Assert.Contains("keep one", two.Message, StringComparison.Ordinal);
        Assert.Contains("holds no files", (await Zips.Refused(house, Zips.Of())).Message, StringComparison.Ordinal);
        var text = await Zips.Refused(house, Zips.Of(("model.onnx", Zips.Model("dense")), ("contract.json", new byte[] { 0xFF, 0xFE, 0x00 })));
        Assert.Equal("bundle/contract.json: is not UTF-8 text", text.Message);
    }

    [Fact]
    public async Task Version_at_once_needs_a_contract_and_tells_every_problem()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        Assert.Equal("create", (await Zips.Refused(house, Zips.Of(("model.onnx", Zips.Model("dense"))), create: true)).Problems.Single().Path);
        var wrong = Zips.Of(("model.onnx", Zips.Model("dense")), ("contract.json", """{"inputs": [{"name": "a", "type": "numbr"}], "outputs": [{"name": "b"}]}"""));
        Assert.True((await Zips.Refused(house, wrong, create: true)).Problems.Count >= 2);
    }

    [Fact]
    public async Task Unknown_model_is_told_before_anything_is_read()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ImportBundle("nobody", new FolderBundle([]))));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
        Assert.Equal(0, await house.Query(context => context.ContractDrafts.CountAsync(TestContext.Current.CancellationToken)));
    }
}
