using System.Text.Json;
using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class PayloadCheckTests
{
    private static readonly PayloadCheck Check = new(Prepared.ContractOf(
    [
        new("amount", FieldType.Number, Min: 0, Max: 100),
        new("grade", FieldType.Integer, Required: false, AllowedNumbers: [1, 2, 3]),
        new("country", FieldType.Category, Values: ["DE", "FR"]),
        new("note", FieldType.Text, Required: false, MaxLength: 5),
        new("raw", FieldType.Tensor, Required: true, Tensor: new("FP32", [-1, 2])),
    ]));

    [Theory]
    [InlineData("""{"amount": 1, "country": "DE", "raw": [1, 2]}""")]
    [InlineData("""{"amount": 1, "grade": null, "country": "FR", "note": "abcde", "raw": [[1, null]]}""", "row.raw: has the shape [1, 2] per row, but the contract says [-1, 2]")]
    [InlineData("""{"amount": -1, "grade": 9, "country": "XX", "note": "abcdef", "raw": [1, "a"], "x": 1}""",
        "row.amount: must be at least 0 (is -1)", "row.grade: 9 is not one of 1, 2, 3", "row.country: XX is not one of DE, FR",
        "row.note: must be at most 5 characters long (has 6)", "row.raw[1]: must be FP32 (is \"a\")", "row.x: is not an input of the contract")]
    [InlineData("""{"amount": "1", "amount": 1e999, "grade": 1.5, "raw": [[1], 2]}""",
        "row.amount: must be a number (is \"1\")", "row.amount: is given twice", "row.amount: must be a finite number", "row.grade: must be a whole number (is 1.5)",
        "row.raw: must be a regular list: lists at one level hold equally many values", "row.country: is missing")]
    [InlineData("[]", "row: must be an object (is a list)")]
    [InlineData("""{"amount": 1, "country": "\ud800", "raw": [1, 2]}""", "row: holds text that is not valid Unicode")]
    public void Check_tells_every_problem_of_a_row(string row, params string[] problems)
    {
        using var document = JsonDocument.Parse(row);

        Assert.Equal(problems, Check.Check(document.RootElement, "row").Kept.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Check_says_path_rule_and_value()
    {
        using var document = JsonDocument.Parse("""{"amount": 101.5, "country": {"a": 1}, "raw": [1, 2]}""");

        Assert.Equal(
            [
                new("row.amount", BrokenRule.Max, "101.5", "must be at most 100 (is 101.5)"),
                new PayloadProblem("row.country", BrokenRule.Type, null, "must be text (is an object)"),
            ],
            Check.Check(document.RootElement, "row").Kept);
    }
}
