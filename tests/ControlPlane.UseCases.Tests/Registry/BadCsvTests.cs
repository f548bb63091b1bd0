using System.Text;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

/// <summary>Reference files that are not what they should be: each is refused with line and column, and nothing is kept of the version.</summary>
public sealed class BadCsvTests
{
    [Theory]
    [InlineData("", "baseline", "holds no rows")]
    [InlineData("\r\n\r\n", "baseline", "holds no rows")]
    [InlineData("amount,tenure,country\r\n", "baseline", "holds a header but no rows")]
    [InlineData("amount;tenure;country\n1;2;DE", "baseline:1", "separated by semicolons; separate them by commas")]
    [InlineData("amount\ttenure\tcountry\n1\t2\tDE", "baseline:1", "separated by tabs")]
    [InlineData("amount|tenure\n1|2", "baseline:1", "separated by bars")]
    [InlineData("12.5,3,DE\n13,4,FR", "baseline:1", "must name the columns; it looks like data (12.5, 3, DE). Known are amount, tenure, country, score")]
    [InlineData("betrag,land\n1,DE", "baseline:1", "knows none of the columns (betrag, land)")]
    [InlineData("amount,amount\n1,2", "baseline:1/amount", "names two columns")]
    [InlineData("amount,\n1,2", "baseline:1", "column 2 has no name")]
    [InlineData("amount, tenure\n1,2", "baseline:1/ tenure", "begins or ends with a space")]
    [InlineData("amount,tenure\n1,2\n3", "baseline:3", "has 1 cells, but the header names 2 columns")]
    [InlineData("amount,tenure\n1,2,3\n", "baseline:2", "has 3 cells, but the header names 2 columns")]
    [InlineData("amount,tenure\n1,many\n", "baseline:2/tenure", "must be a number (is many)")]
    [InlineData("amount,tenure\n1,\"2,5\"\n", "baseline:2/tenure", "must be a number (is 2,5); decimals are written with a point")]
    [InlineData("amount,tenure\n1,1e999\n", "baseline:2/tenure", "1e999 is outside what a double holds")]
    [InlineData("amount,tenure\n1,NaN\n", "baseline:2/tenure", "must be a finite number; a missing value is an empty cell")]
    [InlineData("amount,tenure\n1,-Infinity\n", "baseline:2/tenure", "must be a finite number")]
    [InlineData("amount,country\n1,D\"E\n", "baseline:2/country", "has a quote in the wrong place")]
    [InlineData("amount,country\n1,\"DE\nFR", "baseline:2/country", "has a quote in the wrong place")]
    public async Task Text_that_is_no_table_is_refused_with_its_place(string csv, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var problem = (await References.Refusal(house, Encoding.UTF8.GetBytes(csv)))[0];
        Assert.Equal(path, problem.Path);
        Assert.Contains(says, problem.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Other_encodings_are_named()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var csv = References.Rows(30);
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Contains("is UTF-16", (await References.Refusal(house, [.. encoding.Preamble, .. encoding.GetBytes(csv)])).Single().Sentence, StringComparison.Ordinal);
        Assert.Contains("looks like UTF-16", (await References.Refusal(house, Encoding.Unicode.GetBytes(csv)))[0].Sentence, StringComparison.Ordinal);
        var latin = (await References.Refusal(house, Encoding.Latin1.GetBytes("amount,country\n1,DE\n2,Österreich\n"))).Single();
        Assert.Equal(("baseline:3/country", "holds bytes that are not UTF-8; save the file as UTF-8"), (latin.Path, latin.Sentence));
    }

    [Theory]
    [InlineData("amount,country\n1,DE\n2,CELL\n3,DE\n", "baseline:3", "has a cell of more than 65536 characters, or a quote that is never closed")]
    [InlineData("amount,country\n1,\"CELL\n", "baseline:2", "has a cell of more than 65536 characters, or a quote that is never closed")]
    public async Task Cell_of_a_megabyte_is_refused(string csv, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var problem = (await References.Refusal(house, Encoding.UTF8.GetBytes(csv.Replace("CELL", new string('x', 1 << 20), StringComparison.Ordinal)))).Single();
        Assert.Equal((path, says), (problem.Path, problem.Sentence));
    }

    [Fact]
    public async Task Endless_line_is_refused_before_it_is_gathered()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var endless = Encoding.UTF8.GetBytes("amount,country\n" + string.Concat(Enumerable.Repeat("1,", 9_000_000)));
        Assert.Equal(("baseline:2", "has more than 16777216 characters"), Pair((await References.Refusal(house, endless)).Single()));
    }

    [Fact]
    public async Task Problems_of_all_rows_are_told_up_to_twenty()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var problems = await References.Refusal(house, Encoding.UTF8.GetBytes("amount,tenure\n1,2\nx,y\n5\n6,z\n"));
        Assert.Equal(["baseline:3/amount", "baseline:3/tenure", "baseline:4", "baseline:5/tenure"], problems.Select(problem => problem.Path));
        var many = "amount\n" + string.Concat(Enumerable.Repeat("x\n", 50));
        Assert.Equal(20, (await References.Refusal(house, Encoding.UTF8.GetBytes(many))).Count);
    }

    [Fact]
    public async Task Line_is_that_of_the_file_also_after_quoted_line_breaks()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var problem = (await References.Refusal(house, Encoding.UTF8.GetBytes("amount,note\r\n1,\"two\r\nlines\"\r\n\r\nx,\"a\r\nb\"\r\ny,c\r\n")));
        Assert.Equal(["baseline:5/amount", "baseline:7/amount"], problem.Select(each => each.Path));
    }

    private static (string Path, string Sentence) Pair(Domain.Contracts.Problem problem) => (problem.Path, problem.Sentence);
}
