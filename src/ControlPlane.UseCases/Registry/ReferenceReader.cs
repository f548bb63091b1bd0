using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;

namespace ControlPlane.UseCases.Registry;

/// <summary>Reads a reference CSV into a baseline: twice over the file, once to find the bins and once to count, so that memory does not grow with its rows.</summary>
internal static class ReferenceReader
{
    public const int MaxRows = 1_000_000;

    /// <summary>The name of the upload's part, first in the path of each problem.</summary>
    public const string Part = "baseline";

    private const string Undescribable = "has nothing to describe: the contract has no monitored input and no score (raw tensors have no bins)";

    /// <param name="stream">Seekable.</param>
    public static async Task<ReferenceReading> Read(Stream stream, Contract contract)
    {
        var problems = new CsvProblems(Part);
        var fields = Fields(contract);
        if (fields.Count == 0)
        {
            problems.Add(Undescribable);
            return new(null, problems.Found);
        }

        if (await LooksUtf16(stream)) problems.Add("is UTF-16; save the file as UTF-8");
        var survey = problems.Found.Count > 0 ? null : await Survey(stream, contract, fields, problems);
        if (survey is null || problems.Found.Count > 0) return new(null, problems.Found);
        await Pass(stream, fields, problems, survey.Count);
        return new(survey.Finish(), []);
    }

    /// <summary>What is wrong with the header, of a file whose rows are not read now.</summary>
    public static async Task<IReadOnlyList<Problem>> CheckHeader(Stream stream, Contract contract)
    {
        var problems = new CsvProblems(Part);
        var fields = Fields(contract);
        if (fields.Count == 0) problems.Add(Undescribable);
        stream.Position = 0;
        using var table = new CsvTable(stream, problems);
        if (fields.Count > 0) await table.ReadHeader(fields.ContainsKey, Expected(fields));
        return problems.Found;
    }

    /// <summary>Whether it is CSV with named columns and as many cells in each row; what they mean is not asked.</summary>
    public static async Task<IReadOnlyList<Problem>> CheckForm(Stream stream)
    {
        var problems = new CsvProblems(Part);
        if (await LooksUtf16(stream)) problems.Add("is UTF-16; save the file as UTF-8");
        stream.Position = 0;
        using var table = new CsvTable(stream, problems);
        if (problems.Found.Count > 0 || !await table.ReadHeader(_ => true, "")) return problems.Found;
        var rows = 0L;
        while (rows <= MaxRows && await table.Read()) rows++;
        if (rows > MaxRows) problems.Add($"has more than {MaxRows} rows; take a sample of them");
        if (rows == 0 && problems.Found.Count == 0) problems.Add("holds a header but no rows");
        return problems.Found;
    }

    internal static async Task<bool> LooksUtf16(Stream stream)
    {
        var start = new byte[2];
        stream.Position = 0;
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return CsvHeader.IsUtf16(start.AsSpan(0, read));
    }

    private static async Task<BaselineSurvey?> Survey(Stream stream, Contract contract, Dictionary<string, FieldType> fields, CsvProblems problems)
    {
        BaselineSurvey? survey = null;
        IReadOnlyList<string> header = [];
        var rows = await Pass(stream, fields, problems, (name, value) => survey!.Survey(name, value), names =>
        {
            header = names;
            survey = new BaselineSurvey(contract, BaselineSource.Reference, names.ToHashSet(StringComparer.Ordinal));
        });
        if (survey is null) return null;
        if (rows == 0 && problems.Found.Count == 0) problems.Add("holds a header but no rows");
        if (problems.Found.Count > 0) return null;
        var others = header.Where(name => !fields.ContainsKey(name)).ToList();
        if (others.Count > 0) survey.Remark($"Columns that the baseline does not need were passed over: {string.Join(", ", others.Take(10).Select(CsvProblems.Shorten))}{(others.Count > 10 ? ", …" : "")}.");
        survey.FixBins(rows);
        return survey;
    }

    private static async Task<long> Pass(
        Stream stream, Dictionary<string, FieldType> fields, CsvProblems problems, Action<string, RowValue> take, Action<IReadOnlyList<string>>? begin = null)
    {
        stream.Position = 0;
        using var table = new CsvTable(stream, problems);
        if (!await table.ReadHeader(fields.ContainsKey, Expected(fields))) return 0;
        begin?.Invoke(table.Header);
        var columns = table.Header.Index().Where(column => fields.ContainsKey(column.Item)).Select(column => (column.Index, Name: column.Item, Type: fields[column.Item])).ToList();
        var rows = 0L;
        while (await table.Read())
        {
            if (++rows > MaxRows)
            {
                problems.Add($"has more than {MaxRows} rows; take a sample of them");
                break;
            }

            foreach (var (index, name, type) in columns)
            {
                var value = CsvCell.Read(table.Cells[index], type, out var problem);
                if (problem is null) take(name, value);
                else problems.Add(table.Line, name, problem);
            }
        }

        return rows;
    }

    private static string Expected(Dictionary<string, FieldType> fields) => string.Join(", ", fields.Keys.Take(20));

    private static Dictionary<string, FieldType> Fields(Contract contract)
    {
        var fields = BaselineSurvey.MonitoredInputs(contract).ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
        if (BaselineSurvey.ScoreOf(contract) is { } score) fields.TryAdd(score.Name, FieldType.Number);
        return fields;
    }
}

/// <summary>What came of reading a reference.</summary>
internal sealed record ReferenceReading(Baseline? Baseline, IReadOnlyList<Problem> Problems);
