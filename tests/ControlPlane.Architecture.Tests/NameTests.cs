namespace ControlPlane.Architecture.Tests;

public sealed class NameTests
{
    private static readonly string[] VagueWords = ["Common", "Shared", "Utils", "Util", "Helpers", "Helper", "Services", "Service", "Managers", "Manager", "Extensions", "Infrastructure", "Misc"];

    private static readonly string[] TopLevel = ["src", "tests", "db", "docker-compose.yml", "ControlPlane.sln", "appsettings.json", "README.md", "docs"];

    [Fact]
    public void No_file_or_folder_has_a_vague_name()
    {
        var vague = new[] { "src", "tests", "db" }
            .SelectMany(folder => Repository.Files(folder, ".cs", ".razor"))
            .Select(Repository.Relative)
            .Where(path => !path.StartsWith("src/Shims/", StringComparison.Ordinal))
            .Where(path => path.Split('/').Any(part => IsVague(Path.GetFileNameWithoutExtension(part))));
        Assert.Empty(vague);
    }

    [Fact]
    public void Planted_vague_names_are_found()
    {
        Assert.True(IsVague("ContractHelper"));
        Assert.True(IsVague("Utils"));
        Assert.False(IsVague("ServiceLevel"));
    }

    [Fact]
    public void Top_level_holds_what_was_agreed()
    {
        var ignored = new[] { "data" };
        var entries = Directory.GetFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!).Where(name => !name.StartsWith('.')).Except(ignored);
        Assert.Equal(TopLevel.Order(), entries.Order());
    }

    private static bool IsVague(string name) => VagueWords.Any(word => name.EndsWith(word, StringComparison.Ordinal));
}
