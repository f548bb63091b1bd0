using System.IO.Compression;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Bundles;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry.Bundles;

/// <summary>Bundles that mean harm, or were damaged on the way: each is refused with the entry's name, and nothing stays behind.</summary>
public sealed class BundleSafetyTests
{
    private static readonly byte[] CentralEntry = [0x50, 0x4B, 0x01, 0x02];

    [Theory]
    [InlineData("../evil.onnx", "leads outside")]
    [InlineData("a/../../evil.onnx", "leads outside")]
    [InlineData("/etc/model.onnx", "absolute")]
    [InlineData("C:/model.onnx", "drive letter")]
    [InlineData("..\\model.onnx", "backslash")]
    [InlineData("a//model.onnx", "empty part")]
    [InlineData("./model.onnx", "empty part")]
    [InlineData("a\nb.onnx", "control character")]
    [InlineData("../", "leads outside")]
    public async Task Name_that_leads_elsewhere_is_refused(string name, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("model.onnx", Zips.Model("dense")), (name, "")));
        var problem = Assert.Single(refusal.Problems);
        Assert.Equal($"bundle/{name.TrimEnd('/').Replace('\n', '?')}", problem.Path);
        Assert.Contains(says, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.md", "stands there twice")]
    [InlineData("NOTES.md", "upper and lower case alone")]
    public async Task Names_of_which_only_one_can_be_kept_are_refused(string twin, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("model.onnx", Zips.Model("dense")), ("notes.md", "a"), (twin, "b")));
        Assert.Equal((RefusalKind.Invalid, $"bundle/{twin}"), (refusal.Kind, refusal.Problems.Single().Path));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_and_encrypted_entry_are_told_at_once()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("link.onnx").ExternalAttributes = unchecked((int)0xA1FF0000);
            zip.CreateEntry("pipe").ExternalAttributes = 0x11FF0000;
            zip.CreateEntry("secret.onnx");
        }

        // Bit 0 of the flags of the last entry says that it is encrypted.
        var bytes = stream.ToArray();
        Zips.Patch(bytes, CentralEntry, 8, [1, 0]);
        var refusal = await Zips.Refused(house, new MemoryStream(bytes));
        Assert.Equal(["bundle/link.onnx: is a symbolic link", "bundle/pipe: is neither a file nor a folder", "bundle/secret.onnx: is encrypted"], refusal.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task Bomb_is_refused_by_what_it_announces()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("model.onnx", new byte[32 * 1024 * 1024])));
        Assert.Equal("bundle/model.onnx", refusal.Problems.Single().Path);
        Assert.Contains("200 times its size", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("contract.json")]
    public async Task Bomb_that_announces_little_is_refused_while_it_is_read(string name)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var files = new List<(string, object)> { ("model.onnx", Zips.Model("dense")), ("contract.json", "{}") };
        files.RemoveAll(file => file.Item1 == name);
        var bytes = Zips.Of([.. files, (name, new byte[32 * 1024 * 1024])]).ToArray();
        // Ten thousand bytes where thirty-two million are: no more than those are ever unpacked.
        Zips.Patch(bytes, CentralEntry, 24, [0x10, 0x27, 0, 0]);
        var refusal = await Zips.Refused(house, new MemoryStream(bytes));
        Assert.Equal($"bundle/{name}", refusal.Problems.Single().Path);
        Assert.Contains("is damaged: its checksum differs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratio_beyond_every_packer_is_refused_by_its_announcement()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var bytes = Zips.Of(("model.onnx", Zips.Model("dense")), ("baseline.csv", new byte[100_000])).ToArray();
        // 10,000 : 1 and a little below 4 GB: neither is true.
        Zips.Patch(bytes, CentralEntry, 20, [0x10, 0x27, 0, 0, 0, 0xE1, 0xF5, 0x05]);
        Assert.Equal("bundle/baseline.csv", (await Zips.Refused(house, new MemoryStream(bytes))).Problems.Single().Path);
    }

    [Fact]
    public async Task Other_files_together_have_a_limit()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        IReadOnlyList<BundleFile> files = [.. Enumerable.Range(0, 3).Select(number => new BundleFile($"part{number}.bin", 100L << 20, 100L << 20, null, () => Stream.Null))];
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ImportBundle(Uploads.Model, new FolderBundle(files))));
        Assert.Equal(RefusalKind.TooLarge, refusal.Kind);
        Assert.Contains("bundle/part2.bin", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_entries_than_allowed_are_refused_before_they_are_read()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of([.. Enumerable.Range(0, 10_001).Select(number => ($"f{number}", (object)""))]));
        Assert.Contains("has more than 10000 entries", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    public async Task Truncated_archive_is_told(int kept)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var whole = Zips.Of(("model.onnx", Zips.Model("dense"))).ToArray();
        var refusal = await Zips.Refused(house, new MemoryStream(whole[..Math.Min(kept, whole.Length - 30)]));
        Assert.StartsWith("bundle: is not a whole zip archive", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public async Task Damaged_entry_is_told_by_name(CompressionLevel level)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("model.onnx", level).Open()) entry.Write(Zips.Model("scorer"));
        var bytes = stream.ToArray();
        for (var at = 120; at < 140; at++) bytes[at] ^= 0x5A;
        Assert.Equal("bundle/model.onnx", (await Zips.Refused(house, new MemoryStream(bytes))).Problems.Single().Path);
    }

    [Fact]
    public async Task Every_cut_and_every_changed_byte_ends_in_a_refusal_or_a_draft()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var whole = Zips.Of(("model.onnx", Zips.Model("dense")), ("contract.json", "{}"), ("notes.md", "hello")).ToArray();
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var bytes = round % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (round % 3 != 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                await Zips.Import(house, new MemoryStream(bytes));
            }
            catch (RefusedException refusal)
            {
                Assert.Contains(refusal.Kind, new[] { RefusalKind.Invalid, RefusalKind.TooLarge });
            }
        }
    }

    [Fact]
    public async Task Folder_is_held_to_the_same_names()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var bundle = new FolderBundle([new("model/../../x.onnx", 1, 1, null, () => new MemoryStream([1]))]);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new ImportBundle(Uploads.Model, bundle)));
        Assert.Equal("bundle/model/../../x.onnx", refusal.Problems.Single().Path);
    }
}
