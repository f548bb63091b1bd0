using System.Text;
using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

/// <summary>The files of a draft beside its contract.</summary>
public sealed class DraftFilesTests
{
    private const string Renamed = """{"inputs": {"amount": 12.5, "tenure": 3, "country": "DE"}, "outputs": {"risk": 0.5}}""";

    [Theory]
    [OnEachDatabase]
    public async Task Renamed_output_is_told_while_writing_and_new_samples_open_the_way(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await Begin(house);
        var renamed = await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, draft.Contract.Replace(": \"score\"", ": \"risk\"", StringComparison.Ordinal)));
        Assert.Equal("golden:1/outputs/score", Assert.Single(renamed.Problems).Path);
        house.Clock.Advance(60);
        var replaced = await house.Send(new SetDraftGolden(Uploads.Model, draft.Id, renamed.Stamp, $"{Renamed}\n\n{Renamed}\n"));
        Assert.Empty(replaced.Problems);
        Assert.Equal((2, house.Clock.Now), (replaced.GoldenRows, replaced.ChangedAt));
        Assert.NotEqual(renamed.Stamp, replaced.Stamp);
        await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id, replaced.Stamp));
        var version = await house.Send(new GetVersion(Uploads.Model, 2));
        Assert.Equal((replaced.GoldenDigest, 2), (version.GoldenDigest, version.GoldenRows));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Left_out_samples_make_a_version_without(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await Begin(house);
        var without = await house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, null));
        Assert.Equal((null, 0), (without.GoldenDigest, without.GoldenRows));
        var changed = await house.Send(new SaveDraft(Uploads.Model, draft.Id, without.Stamp, draft.Contract.Replace("0.9", "0.8", StringComparison.Ordinal)));
        await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id, changed.Stamp));
        Assert.Null((await house.Send(new GetVersion(Uploads.Model, 2))).GoldenDigest);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Reference_rows_are_replaced_and_left_out(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await Begin(house);
        var with = await house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, draft.Stamp, Csv("amount,tenure\n1,2\n3,4\n")));
        Assert.NotNull(with.BaselineDigest);
        Assert.Empty(with.Problems);
        Assert.Null((await house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, with.Stamp, null))).BaselineDigest);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Stale_stamp_changes_no_file(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await Begin(house);
        await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, null, "newer"));
        Assert.Equal(RefusalKind.Conflict, (await Refused(house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, Renamed)))).Kind);
        Assert.Equal(RefusalKind.Conflict, (await Refused(house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, null)))).Kind);
        Assert.Equal(RefusalKind.Conflict, (await Refused(house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, draft.Stamp, Csv("amount\n1\n"))))).Kind);
        var kept = await house.Send(new GetDraft(Uploads.Model, draft.Id));
        Assert.Equal((draft.GoldenDigest, null), (kept.GoldenDigest, kept.BaselineDigest));
    }

    [Fact]
    public async Task Csv_becomes_json_lines_under_the_drafts_own_names()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await Begin(house);
        var kept = await house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, "amount,tenure,country,score\n1,2,FR,0.25\n"));
        using var lines = new StreamReader((await house.Artifacts.Open(kept.GoldenDigest!, TestContext.Current.CancellationToken))!);
        Assert.Equal("""{"inputs":{"amount":1,"tenure":2,"country":"FR"},"outputs":{"score":0.25}}""", (await lines.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }

    [Theory]
    [InlineData("", "golden", "holds no samples")]
    [InlineData("{\"inputs\": {}, \"outputs\": {}}\n{\"inputs\": ", "golden:2", "is not JSON")]
    [InlineData("amount;score\n1;2\n", "golden:1", "semicolons")]
    [InlineData("amount,score\nx,2\n", "golden:2/amount", "number")]
    public async Task File_that_is_neither_form_is_refused_and_nothing_changes(string text, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await Begin(house);
        var problem = (await Refused(house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, text)))).Problems[0];
        Assert.Equal(path, problem.Path);
        Assert.Contains(says, problem.Sentence);
        Assert.Equal((draft.GoldenDigest, draft.Stamp), await Kept(house, draft));
    }

    [Fact]
    public async Task Without_a_contract_that_can_be_read_csv_waits_and_json_lines_are_taken()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: "{"));
        Assert.Contains("only a contract", (await Refused(house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, "amount,score\n1,2\n")))).Message);
        var golden = await house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, Uploads.Golden));
        Assert.Equal(1, golden.GoldenRows);
        Assert.Equal("baseline:3", (await Refused(house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, golden.Stamp, Csv("a,b\n1,2\n1\n"))))).Problems.Single().Path);
        var both = await house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, golden.Stamp, Csv("a,b\n1,2\n")));
        var contract = await house.Send(new SaveDraft(Uploads.Model, draft.Id, both.Stamp, Uploads.Contract()));
        Assert.Contains(contract.Problems, problem => problem.Path == "baseline:1");
    }

    [Fact]
    public async Task Only_the_first_few_samples_that_do_not_fit_are_told()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await Begin(house);
        var many = await house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, string.Join('\n', Enumerable.Repeat(Renamed, 50))));
        Assert.Equal((50, 5), (many.GoldenRows, many.Problems.Count));
    }

    [Fact]
    public async Task Only_editors_change_files()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await Begin(house);
        house.Caller.Caller = new(CallerKind.ApiKey, "dashboard", [Role.Analyst], null);
        Assert.Equal(RefusalKind.Forbidden, (await Refused(house.Send(new SetDraftGolden(Uploads.Model, draft.Id, draft.Stamp, null)))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Refused(house.Send(new SetDraftBaseline(Uploads.Model, draft.Id, draft.Stamp, Csv("amount\n1\n"))))).Kind);
        Assert.Equal((draft.GoldenDigest, draft.Stamp), await Kept(house, draft));
    }

    private static async Task<DraftView> Begin(TestHouse house)
    {
        await Uploads.Upload(house);
        return await house.Send(new CreateDraft(Uploads.Model, FromVersion: 1));
    }

    private static async Task<(string?, Guid)> Kept(TestHouse house, DraftView draft)
    {
        var kept = await house.Send(new GetDraft(Uploads.Model, draft.Id));
        return (kept.GoldenDigest, kept.Stamp);
    }

    private static MemoryStream Csv(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Task<RefusedException> Refused(Task send) => Assert.ThrowsAsync<RefusedException>(() => send);
}
