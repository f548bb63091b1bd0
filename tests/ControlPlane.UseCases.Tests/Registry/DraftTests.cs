using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class DraftTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Draft_of_a_version_copies_it_and_becomes_the_next_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var first = await house.Send(new GetVersion(Uploads.Model, 1));
        var draft = await house.Send(new CreateDraft(Uploads.Model, FromVersion: 1, Notes: "stricter"));
        Assert.Equal((first.ArtifactDigest, first.ArtifactBytes, first.GoldenDigest, 1, "version 1"), (draft.ArtifactDigest, draft.ArtifactBytes, draft.GoldenDigest, draft.GoldenRows, draft.Source));
        Assert.Empty(draft.Problems);
        house.Clock.Advance(60);
        var saved = await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, draft.Contract.Replace("0.9", "0.8", StringComparison.Ordinal)));
        Assert.Equal((house.Clock.Now, "stricter"), (saved.ChangedAt, saved.Notes));
        var made = await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id, saved.Stamp));
        Assert.Equal((2, false), (made.Version, made.AlreadyThere));
        var second = await house.Send(new GetVersion(Uploads.Model, 2));
        Assert.Equal((0.8, first.GoldenDigest, "stricter"), (second.Contract.Policy!.Bands[0].AtLeast, second.GoldenDigest, second.Notes));
        Assert.Empty(await house.Send(new ListDrafts(Uploads.Model)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Text_that_is_no_JSON_is_kept_and_told(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: "{\"inputs\": [ 'ünfinished'"));
        var read = await house.Send(new GetDraft(Uploads.Model, draft.Id));
        Assert.Equal(("{\"inputs\": [ 'ünfinished'", draft.Stamp), (read.Contract, read.Stamp));
        Assert.Contains(read.Problems, problem => problem.Sentence.StartsWith("is not JSON: line 1", StringComparison.Ordinal));
        Assert.Contains(read.Problems, problem => problem.Path == "artifact");
        Assert.Equal(draft.Id, (await house.Send(new ListDrafts(Uploads.Model))).Single().Id);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Stale_stamp_is_a_conflict_and_changes_nothing(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: "one"));
        await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, "two"));
        Assert.Equal(RefusalKind.Conflict, await Refused(house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, "three"))));
        Assert.Equal(RefusalKind.Conflict, await Refused(house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id, draft.Stamp))));
        Assert.Equal("two", (await house.Send(new GetDraft(Uploads.Model, draft.Id))).Contract);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Saves_at_once_with_one_stamp_let_one_through(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: "start"));
        var saves = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Task.Run(async () =>
        {
            try
            {
                return (await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, $"text {number}"))).Contract;
            }
            catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
            {
                return null;
            }
        })));
        Assert.Equal(Assert.Single(saves, text => text is not null), (await house.Send(new GetDraft(Uploads.Model, draft.Id))).Contract);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Refused_version_leaves_the_draft_and_tells_every_problem(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var draft = await house.Send(new CreateDraft(Uploads.Model, FromVersion: 1, Contract: """{"inputs": [{"name": "a", "type": "numbr"}], "outputs": [{"name": "score"}]}"""));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id)));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.Superset(new HashSet<string> { "contract/inputs/0/type", "contract/outputs/0/tensor" }, refusal.Problems.Select(problem => problem.Path).ToHashSet());
        Assert.Equal(draft, await house.Send(new GetDraft(Uploads.Model, draft.Id)) with { Problems = draft.Problems, ImportNotes = draft.ImportNotes });
        Assert.Equal(1, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Artifact_of_another_model_is_refused_one_of_a_draft_is_taken(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await house.Send(new CreateModel("other", null));
        await Uploads.Upload(house);
        var digest = (await house.Send(new GetVersion(Uploads.Model, 1))).ArtifactDigest;
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateDraft("other", ArtifactDigest: digest)));
        Assert.Equal("artifact_digest", refusal.Problems.Single().Path);
        var inferred = await house.Send(new CreateDraft(Uploads.Model, ArtifactDigest: digest));
        Assert.Empty(inferred.Problems);
        Assert.True(inferred.Fits);
        await house.Query(context => context.Versions.ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        Assert.Equal(digest, (await house.Send(new CreateDraft(Uploads.Model, ArtifactDigest: digest))).ArtifactDigest);
    }

    [Fact]
    public async Task Contract_that_does_not_fit_the_artifact_is_told_with_its_path()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        var draft = await house.Send(new CreateDraft(Uploads.Model, FromVersion: 1));
        Assert.True(draft.Fits);
        var renamed = await house.Send(new SaveDraft(Uploads.Model, draft.Id, draft.Stamp, draft.Contract.Replace("tenure", "years", StringComparison.Ordinal)));
        Assert.False(renamed.Fits);
        Assert.Contains(renamed.Problems, problem => problem.Path.StartsWith("inputs", StringComparison.Ordinal) && problem.Sentence.Contains("tenure", StringComparison.Ordinal));
        Assert.Null((await house.Send(new SaveDraft(Uploads.Model, draft.Id, renamed.Stamp, "{"))).Fits);
    }

    [Fact]
    public async Task Import_notes_go_with_the_version()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        var draft = await house.Send(new CreateDraft(Uploads.Model, FromVersion: 1, Contract: Uploads.Contract(0.5)));
        IReadOnlyList<string> notes = ["conda.yaml is not carried over"];
        await house.Query(context => context.ContractDrafts.ExecuteUpdateAsync(set => set.SetProperty(found => found.ImportNotes, notes), TestContext.Current.CancellationToken));
        await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id));
        var version = await house.Query(context => context.Versions.SingleAsync(version => version.Version == 2, TestContext.Current.CancellationToken));
        Assert.Equal(notes, version.ImportNotes);
    }

    [Fact]
    public async Task Nothing_to_make_a_draft_of_an_unknown_version_and_NUL_are_refused_by_name()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        Assert.Equal("from_version", await Path(house.Send(new CreateDraft(Uploads.Model))));
        Assert.Equal("from_version", await Path(house.Send(new CreateDraft(Uploads.Model, FromVersion: 7))));
        Assert.Equal("contract", await Path(house.Send(new CreateDraft(Uploads.Model, Contract: "a\0b"))));
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new CreateDraft("nobody", Contract: "x"))));
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new ListDrafts("nobody"))));
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: ""));
        Assert.Equal("artifact", await Path(house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id))));
    }

    [Fact]
    public async Task Discarded_draft_is_gone_and_only_editors_discard()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var draft = await house.Send(new CreateDraft(Uploads.Model, Contract: "x"));
        await house.Send(new CreateModel("other", null));
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new DiscardDraft("other", draft.Id))));
        house.Caller.Caller = new(CallerKind.ApiKey, "dashboard", [Role.Analyst], null);
        Assert.Equal(RefusalKind.Forbidden, await Refused(house.Send(new DiscardDraft(Uploads.Model, draft.Id))));
        Assert.Equal("x", (await house.Send(new GetDraft(Uploads.Model, draft.Id))).Contract);
        house.Caller.Caller = new(CallerKind.Person, "ada@example.com", [Role.DataScientist], null);
        await house.Send(new DiscardDraft(Uploads.Model, draft.Id));
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new GetDraft(Uploads.Model, draft.Id))));
    }

    private static async Task<RefusalKind> Refused(Task send) => (await Assert.ThrowsAsync<RefusedException>(() => send)).Kind;

    private static async Task<string> Path(Task send) => (await Assert.ThrowsAsync<RefusedException>(() => send)).Problems.Single().Path;
}
