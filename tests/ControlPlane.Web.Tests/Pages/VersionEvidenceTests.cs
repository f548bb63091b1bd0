using System.Security.Claims;
using System.Text.Json;
using Bunit;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Serving;
using ControlPlane.Web.Access;
using ControlPlane.Web.Registry;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>The parts of a version's page beside its contract and checks.</summary>
public sealed class VersionEvidenceTests : PageTest
{
    private static readonly GoldenReport Parted = new(
        60, 1, 0.31, GoldenStage.Preprocessing,
        [new(3, GoldenStage.Preprocessing, """{"amount":12}""", null, [new(GoldenStage.Preprocessing, "amount", "1.25", "0.94", 0.31)])], "local-1", Samples.Now.AddMinutes(-1));

    [Fact]
    public async Task Golden_report_marks_the_stage_and_sets_expected_beside_got()
    {
        var page = await Show("golden", Samples.Version(VersionStatus.Rejected) with { GoldenReport = Parted });
        Assert.Equal("fail", page.FindAll(".path li")[1].ClassName);
        var row = page.Find("section[aria-label='Worst rows'] tbody tr").TextContent;
        Assert.Contains("1.25", row);
        Assert.Contains("0.94", row);
        Assert.Contains("✕ Preprocessing", row);
    }

    [Fact]
    public async Task Golden_row_of_an_unknown_stage_is_shown_as_differing()
    {
        var row = Parted.Worst[0] with { Stage = null, Differences = [new(GoldenStage.Postprocessing, "score", "0.61", "0.3", 0.31)] };
        var page = await Show("golden", Samples.Version(VersionStatus.Rejected) with { GoldenReport = Parted with { FirstStage = null, Worst = [row] } });
        Assert.Equal("✕ differs, stage not known", page.Find("section[aria-label='Worst rows'] .chip").TextContent);
        Assert.All(page.FindAll(".path li"), stage => Assert.Equal("no-data", stage.ClassName));
        Assert.Contains("which stage cannot be told without expectations for the stages", page.Find(".note").TextContent);
    }

    [Fact]
    public async Task Golden_report_that_passes_says_tolerance_node_and_the_furthest_rows()
    {
        var report = Parted with
        {
            Failed = 0, MaxDifference = 6.4e-8, FirstStage = null, Worst = [], Stages = [GoldenStage.Postprocessing],
            Furthest = [new(7, null, "{}", null, [new(GoldenStage.Postprocessing, "score", "0.61", "0.610000064", 6.4e-8)])],
        };
        var page = await Show("golden", Samples.Version(VersionStatus.Ready) with { GoldenReport = report });
        var facts = page.Find("section[aria-label='Golden samples'] .facts").TextContent;
        Assert.Contains("1e-5", facts);
        Assert.Contains("6.4e-8", facts);
        Assert.Contains("local-1", facts);
        Assert.Contains("✓ agrees", page.Find("section[aria-label='Rows that agree']").TextContent);
        Assert.Empty(page.FindAll("section[aria-label='Worst rows']"));
    }

    [Fact]
    public async Task Replay_on_demand_shows_the_new_report()
    {
        Sender.Answer<ReplayGolden, GoldenReport>(_ => Parted with { Failed = 0, MaxDifference = 0, FirstStage = null, Worst = [] });
        var page = await Show("golden", Samples.Version(VersionStatus.Ready) with { GoldenReport = Parted });
        page.Find("section[aria-label='Golden samples'] button").Click();
        page.WaitForAssertion(() => Assert.Contains("yes: all 60 come back", page.Markup));
    }

    [Fact]
    public async Task Comparison_puts_the_hit_consumers_first_and_takes_the_other_side_from_the_address()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model).Answer<CompareVersions, ComparisonView>(_ => Comparisons.Renamed);
        var page = await Show("comparison&against=12", Samples.Version(VersionStatus.Ready));
        Assert.Contains(new CompareVersions("fraud-scoring", 14, 12), Sender.Sent);
        Assert.True(page.Markup.IndexOf("Who is hit?", StringComparison.Ordinal) < page.Markup.IndexOf("What changes?", StringComparison.Ordinal));
        Assert.Equal(["✕ Breaking", "~ Semantic"], page.FindAll("tr.group .chip").Select(chip => chip.TextContent));
        Assert.Contains("A rollout waits for 1 consumer to acknowledge", page.Markup);
    }

    [Fact]
    public async Task First_version_has_nothing_to_compare_with()
    {
        Sender.Answer<GetModel, ModelView>(_ => Samples.Model with { Champion = null, Versions = [Samples.Summary(14)] });
        Sender.Answer<CompareVersions, ComparisonView>(_ => throw RefusedException.NotFound("version to compare version 14 of the model fraud-scoring with"));
        var page = await Show("comparison", Samples.Version(VersionStatus.Ready));
        Assert.Contains("Nothing to compare with", page.Find(".empty").TextContent);
    }

    [Fact]
    public async Task Baseline_draws_each_feature_and_names_those_without_bins()
    {
        var baseline = new Baseline(BaselineSource.Reference, 1000, [new("amount", [0, 10, 100], [], [0, 500, 500, 0], 0)], null, [new("country", "has one value alone")]);
        Sender.Answer<GetBaseline, Baseline>(_ => baseline);
        var page = await Show("baseline", Samples.Version(VersionStatus.Ready) with { Baseline = BaselineSummary.Of(baseline) });
        Assert.Equal(2, page.FindAll("section[aria-label=amount] rect").Count);
        Assert.Contains("has one value alone", page.Find(".note").TextContent);
    }

    [Fact]
    public async Task Row_is_tried_and_every_stage_is_shown()
    {
        Sender.Answer<TryVersion, TriedRow>(_ => Tried(null, []));
        var page = await Show("try", Samples.Version(VersionStatus.Ready) with { GoldenRows = 0 });
        page.Find("form[aria-label='The row']").Submit();
        var sent = Assert.Single(Sender.Sent.OfType<TryVersion>());
        Assert.Equal("""{"amount":12500,"country":"DE"}""", sent.Inputs.GetRawText());
        Assert.Equal(["✓ 12.5 µs", "✓ 3 µs", "✓ 80 µs", "✓ 2 µs"], page.FindAll(".path .chip").Select(chip => chip.TextContent));
        Assert.Contains("0.61", page.Find("section[aria-label='After postprocessing']").TextContent);
    }

    [Fact]
    public async Task Row_to_try_is_the_first_golden_sample_where_there_are_some()
    {
        Sender.Answer<GetGoldenSample, GoldenSampleView>(_ => new(1, JsonSerializer.Deserialize<JsonElement>("""{"amount": 71.25, "country": "FR"}"""), default, null));
        var page = await Show("try", Samples.Version(VersionStatus.Ready) with { GoldenDigest = "sha256:" + new string('b', 64), GoldenRows = 4 });
        Assert.Contains(new GetGoldenSample("fraud-scoring", 14), Sender.Sent);
        Assert.Equal("71.25", page.Find(".try-fields input").GetAttribute("value"));
        Assert.Contains("Filled with a golden sample.", page.Markup);
    }

    [Fact]
    public async Task Lost_golden_file_leaves_a_row_of_allowed_values()
    {
        Sender.Answer<GetGoldenSample, GoldenSampleView>(_ => throw RefusedException.NotFound("golden file in the store"));
        var page = await Show("try", Samples.Version(VersionStatus.Ready) with { GoldenRows = 4 });
        Assert.Contains("Filled with values that the contract allows.", page.Markup);
    }

    [Fact]
    public async Task Refused_value_is_told_beside_its_field()
    {
        Sender.Answer<TryVersion, TriedRow>(_ => Tried(GoldenStage.Payload, [new("payload", "inputs/amount", "must be a number (is text)")]));
        var page = await Show("try", Samples.Version(VersionStatus.Ready) with { GoldenRows = 0 });
        page.Find(".try-fields input").Change("much");
        page.Find("form[aria-label='The row']").Submit();
        Assert.Contains("must be a number", page.Find("label.wrong").TextContent);
        Assert.Equal("""{"amount":"much","country":"DE"}""", Sender.Sent.OfType<TryVersion>().Single().Inputs.GetRawText());
        Assert.Equal("– not reached", page.FindAll(".path .chip")[3].TextContent);
    }

    [Fact]
    public async Task Import_notes_have_a_part_of_their_own_where_there_are_some()
    {
        var page = await Show("import", Samples.Version(VersionStatus.Ready) with { ImportNotes = ["The signature names no ranges."] });
        Assert.Contains("The signature names no ranges.", page.Find("section[aria-label='Import notes']").TextContent);
    }

    [Fact]
    public async Task Changing_the_contract_begins_a_draft_of_this_version()
    {
        Sender.Answer<CreateDraft, DraftView>(_ => DraftPageTests.Draft);
        var page = await Show("contract", Samples.Version(VersionStatus.Ready));
        page.FindAll(".actions button").Single(button => button.TextContent == "Change the contract").Click();
        Assert.Contains(new CreateDraft("fraud-scoring", 14), Sender.Sent);
    }

    [Theory]
    [InlineData("ana", "version 14", true)]
    [InlineData("ben", "version 14", false)]
    [InlineData("ana", "version 12", false)]
    public async Task Own_draft_of_this_version_is_gone_on_with(string by, string source, bool continues)
    {
        Sender.Answer<ListDrafts, IReadOnlyList<DraftSummary>>(_ => [new(DraftPageTests.Draft.Id, source, "", null, 0, by, Samples.Now, Guid.Empty)]);
        var ana = new ClaimsPrincipal(CallerClaims.Identity(new(CallerKind.Person, "ana", [], null), "test"));
        RenderTree.Add<CascadingValue<Task<AuthenticationState>>>(root => root.Add(p => p.Value, Task.FromResult(new AuthenticationState(ana))));
        var page = await Show("contract", Samples.Version(VersionStatus.Ready));
        var links = page.FindAll(".actions a").Where(link => link.TextContent == "Continue your draft").Select(link => link.GetAttribute("href"));
        Assert.Equal(continues ? [$"/models/fraud-scoring/drafts/{DraftPageTests.Draft.Id}"] : [], links);
        Assert.Single(page.FindAll(".actions button"), button => button.TextContent == (continues ? "New draft" : "Change the contract"));
    }

    private static TriedRow Tried(GoldenStage? failed, IReadOnlyList<TrialProblem> problems) => new(
        "local-1", true,
        new(new(failed is null), null, null, failed is null ? new(new Dictionary<string, JsonElement> { ["score"] = JsonSerializer.SerializeToElement(0.61) }, "review") : null),
        null, problems, failed, new Dictionary<string, double> { ["payload"] = 12.5, ["preprocessing"] = 3, ["model"] = 80, ["postprocessing"] = 2 }, []);

    private Task<IRenderedComponent<VersionPage>> Show(string view, VersionView version)
    {
        Sender.Answer<GetVersion, VersionView>(_ => version);
        return Page<VersionPage>(Samples.Canary, $"models/fraud-scoring/versions/14?view={view}", page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Version, 14));
    }
}
