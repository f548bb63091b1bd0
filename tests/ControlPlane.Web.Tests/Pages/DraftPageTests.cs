using Bunit;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.Web.Contracts;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace ControlPlane.Web.Tests.Pages;

public sealed class DraftPageTests : PageTest
{
    private static readonly Contract Valid = Samples.Contract with
    {
        Preprocessing = [new AssembleStep("features", "FP32", ["amount"])],
        Policy = new("score", [new(0.9, "block"), new(0.6, "review")], "allow"),
    };

    private static readonly string Canonical = ContractCanonicalForm.Write(Valid);

    internal static DraftView Draft => new(
        new("22222222-2222-2222-2222-222222222222"), "fraud-scoring", Canonical, [], null, "sha256:" + new string('a', 64), 4096, null, 0, null, "version 14", [], "",
        Samples.Now.AddMinutes(-5), "ana", Samples.Now.AddMinutes(-1), new("33333333-3333-3333-3333-333333333333"));

    public DraftPageTests() => Sender
        .Answer<GetDraft, DraftView>(_ => Draft)
        .Answer<GetModel, ModelView>(_ => Samples.Model)
        .Answer<GetVersion, VersionView>(asked => Samples.Version(VersionStatus.Ready) with { Version = asked.Version, Contract = Valid })
        .Answer<CheckContract, ContractCheck>(_ => new(true, [], true, null, null, null, "{}"));

    [Fact]
    public async Task Draft_shows_its_text_its_verdict_and_the_contract_as_people_read_it()
    {
        var page = await Show();
        Assert.Equal(Canonical, page.Find("#contract").GetAttribute("value"));
        Assert.Contains("yes, and it fits the model's tensors", page.Find("#contract-problems").TextContent);
        Assert.Contains("0 to 100,000 EUR", page.Find("section[aria-label=Inputs]").TextContent);
        Assert.Contains("nothing against v14", page.Find("section[aria-label='What it changes']").TextContent);
    }

    [Fact]
    public async Task Typed_text_is_judged_with_lines_and_compared_with_the_source()
    {
        var page = await Show();
        await page.InvokeAsync(() => page.Instance.Judge(Canonical.Replace("0.9", "0.8", StringComparison.Ordinal)));
        page.Render();
        Assert.Contains("1 semantic", page.Find("section[aria-label='What it changes'] h2").TextContent);
        await page.InvokeAsync(() => page.Instance.Judge("{\n\"inputs\": 5}"));
        page.Render();
        Assert.Contains("line 2", page.Find(".problems").TextContent);
        Assert.True(page.Find(".actions .primary").HasAttribute("disabled"));
        Assert.Contains("● not saved yet", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Kept_text_that_is_no_json_is_saved_with_a_problem_that_names_its_column_once()
    {
        const string Text = "{\n\"é\": x}";
        Sender.Answer<GetDraft, DraftView>(_ => Draft with { Contract = Text, Problems = ContractReader.Read(Text).Problems });
        var page = await Show();
        var chip = page.Find("[role=status]");
        Assert.Equal("saved, 1 problem", chip.TextContent);
        Assert.DoesNotContain("pass", chip.ClassName);
        var problem = Assert.Single(page.FindAll(".problems li")).TextContent;
        Assert.Contains("line 2", problem);
        Assert.EndsWith("is not JSON: column 6", problem.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version 14", "", 14)]
    [InlineData("an MLflow directory", "", 12)]
    [InlineData("version 99", "", 12)]
    [InlineData("version 14", "?against=12", 12)]
    public async Task Draft_is_compared_with_the_address_then_its_source_then_the_champion(string source, string query, int against)
    {
        Sender.Answer<GetDraft, DraftView>(_ => Draft with { Source = source });
        var page = await Show(query);
        Assert.Equal(against, Sender.Sent.OfType<GetVersion>().Single().Version);
        Assert.Equal($"{against}", page.Find("select[name=against]").GetAttribute("value"));
        Assert.Contains($"nothing against v{against}", page.Find("section[aria-label='What it changes']").TextContent);
    }

    [Fact]
    public async Task Chosen_version_goes_into_the_address()
    {
        var page = await Show();
        page.Find("select[name=against]").Change("12");
        Assert.EndsWith("?against=12", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_made_of_the_draft_as_it_was_read()
    {
        Sender.Answer<CreateVersionFromDraft, UploadedVersion>(_ => new("fraud-scoring", 15, VersionStatus.Checking, "sha256:15", false));
        var page = await Show();
        page.Find(".actions .primary").Click();
        Assert.Contains(new CreateVersionFromDraft("fraud-scoring", Draft.Id, Draft.Stamp), Sender.Sent);
        Assert.EndsWith("/models/fraud-scoring/versions/15", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_version_lists_every_problem_and_the_draft_stays()
    {
        Problem[] problems = [new("golden:3", "expects decision that no policy makes"), new("artifact", "is not in the store")];
        Sender.Answer<CreateVersionFromDraft, UploadedVersion>(_ => throw new RefusedException(RefusalKind.Invalid, string.Join("; ", problems.AsEnumerable()), problems));
        var page = await Show();
        page.Find(".actions .primary").Click();
        Assert.Equal(2, page.FindAll(".fault li").Count);
        Assert.NotEmpty(page.FindAll("#contract"));
    }

    [Fact]
    public async Task Problems_with_the_artifact_stand_beside_those_of_the_text()
    {
        Sender.Answer<CheckContract, ContractCheck>(_ => new(true, [new("outputs/0/tensor", "probabilities is no tensor of the model")], false, null, null, null, null));
        var page = await Show();
        Assert.Contains("probabilities is no tensor of the model", page.Find(".problems").TextContent);
        Assert.DoesNotContain("Start from the model's signature", page.Markup);
    }

    [Fact]
    public async Task Golden_samples_that_do_not_fit_are_told_beside_their_file_and_without_a_line_of_the_text()
    {
        Sender.Answer<GetDraft, DraftView>(_ => WithGolden);
        var page = await Show();
        Assert.Contains("golden:1/outputs/risk", page.Find("section[aria-label=Files]").TextContent);
        Assert.DoesNotContain("line", page.Find(".problems").TextContent);
        Assert.True(page.Find(".actions .primary").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Chosen_file_takes_the_place_of_the_golden_samples()
    {
        Sender.Answer<GetDraft, DraftView>(_ => WithGolden).Answer<SetDraftGolden, DraftView>(_ => WithGolden with { Problems = [], GoldenRows = 7 });
        var page = await Show();
        page.FindComponents<InputFile>()[0].UploadFiles(InputFileContent.CreateFromText("amount,score\n1,0.5\n", "golden.csv"));
        page.WaitForAssertion(() => Assert.Contains("7 rows", page.Find("section[aria-label=Files]").TextContent));
        Assert.Contains(new SetDraftGolden("fraud-scoring", Draft.Id, Draft.Stamp, "amount,score\n1,0.5\n", true), Sender.Sent);
        Assert.False(page.Find(".actions .primary").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Refused_file_says_why_and_the_old_one_stays()
    {
        Sender.Answer<GetDraft, DraftView>(_ => WithGolden).Answer<SetDraftBaseline, DraftView>(_ => throw RefusedException.Invalid("baseline:2/amount", "must be a number"));
        var page = await Show();
        page.FindComponents<InputFile>()[1].UploadFiles(InputFileContent.CreateFromText("amount\nx\n", "rows.csv"));
        page.WaitForAssertion(() => Assert.Contains("baseline:2/amount: must be a number", page.Find("section[aria-label=Files] .fault").TextContent));
        Assert.Contains("3 rows", page.Find("section[aria-label=Files]").TextContent);
    }

    [Fact]
    public async Task Golden_samples_are_left_out_after_the_text_is_kept()
    {
        var text = Canonical.Replace("0.9", "0.8", StringComparison.Ordinal);
        Sender.Answer<GetDraft, DraftView>(_ => WithGolden)
            .Answer<SaveDraft, DraftView>(save => WithGolden with { Contract = save.Contract!, Stamp = Guid.Empty })
            .Answer<SetDraftGolden, DraftView>(_ => Draft with { Contract = text });
        var page = await Show();
        await page.InvokeAsync(() => page.Instance.Judge(text));
        page.Find("button[aria-label='Leave out the golden samples']").Click();
        Assert.Equal([text], Sender.Sent.OfType<SaveDraft>().Select(save => save.Contract));
        Assert.Contains(new SetDraftGolden("fraud-scoring", Draft.Id, Guid.Empty, null), Sender.Sent);
        Assert.Empty(page.FindAll("button[aria-label='Leave out the golden samples']"));
    }

    private static DraftView WithGolden => Draft with
    {
        GoldenDigest = "sha256:" + new string('b', 64), GoldenRows = 3, Problems = [new("golden:1/outputs/risk", "is not an output")],
    };

    private Task<IRenderedComponent<DraftPage>> Show(string query = "") => Page<DraftPage>(
        Samples.Canary, $"models/fraud-scoring/drafts/{Draft.Id}{query}", page => page.Add(p => p.Model, "fraud-scoring").Add(p => p.Id, Draft.Id));
}
