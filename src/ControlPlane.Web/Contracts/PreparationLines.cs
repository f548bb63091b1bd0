using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Contracts;

/// <summary>One thing that happens to a column; <paramref name="IsTensor"/> when it is handed to the model there, <paramref name="IsSure"/> unless only if the model takes it.</summary>
public sealed record PreparationPart(string Text, bool IsTensor = false, bool IsSure = true);

/// <summary>A column's way from the request to the model. <paramref name="From"/> is the input that it began as.</summary>
public sealed record PreparationLine(string Column, string From, IReadOnlyList<PreparationPart> Parts)
{
    /// <summary>Whether it is an input that the model gets as it came.</summary>
    public bool IsUnchanged => From == Column && Parts is [{ IsTensor: true, IsSure: true }];
}

/// <summary>Preparation read column by column instead of step by step: amount → ln(1 + x) → (x − 3.2) / 1.1 → features, column 0.</summary>
public static class PreparationLines
{
    /// <summary>One line per input and per column that a step makes, in order; none for a second graph, which has no columns.</summary>
    public static IReadOnlyList<PreparationLine> Of(Contract contract)
    {
        if (Graph(contract) is not null) return [];
        var walk = new Walk(contract);
        foreach (var step in contract.Preprocessing) walk.Take(step);
        return walk.Lines();
    }

    /// <summary>The inputs that nothing happens to, in one line: "2 inputs go in unchanged: a, b (features, column 3)"; null when there are none.</summary>
    public static string? Unchanged(IEnumerable<PreparationLine> lines)
    {
        var names = lines.Where(line => line.IsUnchanged).Select(line => line.Parts[0].Text == line.Column ? line.Column : $"{line.Column} ({line.Parts[0].Text})").ToList();
        return names.Count == 0 ? null : $"{Phrases.Many(names.Count, "input")} {(names.Count == 1 ? "goes" : "go")} in unchanged: {string.Join(", ", names)}";
    }

    /// <summary>The digest of the graph that prepares in place of steps.</summary>
    public static string? Graph(Contract contract) => contract.Preprocessing.OfType<OnnxStep>().FirstOrDefault()?.Artifact;

    /// <summary>What an operation does to one column, with its fitted values.</summary>
    public static string Words(ColumnStep step) => step switch
    {
        ImputeStep { Number: { } number } => $"{Phrases.Number(number)} when missing",
        ImputeStep impute => $"“{impute.Text}” when missing",
        ClipStep { Min: { } min, Max: { } max } => $"held within {Phrases.Number(min)} and {Phrases.Number(max)}",
        ClipStep { Min: { } min } => $"at least {Phrases.Number(min)}",
        ClipStep clip => $"at most {Phrases.Number(clip.Max ?? 0)}",
        Log1pStep => "ln(1 + x)",
        StandardizeStep standardize => $"{Minus(standardize.Mean)} / {Phrases.Number(standardize.Scale)}",
        MinMaxStep scaled => $"{Phrases.Number(scaled.Min)} … {Phrases.Number(scaled.Max)} onto {Phrases.Number(scaled.Low)} … {Phrases.Number(scaled.High)}{(scaled.Clip ? ", held within" : "")}",
        OneHotStep oneHot => $"a 0/1 column for each of {Categories(oneHot.Values)}{(oneHot.DropFirst ? " but the first" : "")}",
        OrdinalStep ordinal => Ordinal(ordinal),
        BucketizeStep bins => $"{(bins.OneHot ? "a 0/1 column for each bin" : "number of the bin")} between {ContractTables.Listed([.. bins.Edges.Select(Phrases.Number)])}",
        CastStep cast => $"as {Phrases.Words(cast.To).ToLowerInvariant()}",
        _ => step.Op,
    };

    private static string Ordinal(OrdinalStep step)
    {
        var unseen = step.UnseenValue is { } number ? $", unseen {Phrases.Number(number)}" : "";
        var missing = step.MissingValue is { } value ? $", missing {Phrases.Number(value)}" : "";
        return $"place among {Categories(step.Values)}, from 0{unseen}{missing}";
    }

    private static string Categories(CategoryList? list) => list is null ? "its values" : ContractTables.Listed(list.Texts ?? [.. list.Numbers!.Select(Phrases.Number)]);

    private static string Minus(double mean) => mean switch
    {
        0 => "x",
        < 0 => $"(x + {Phrases.Number(-mean)})",
        _ => $"(x − {Phrases.Number(mean)})",
    };

    private sealed class Walk(Contract contract)
    {
        private readonly List<Column> _columns = [.. contract.Inputs.Select(input => new Column(input.Name, input.Name, [], WidthOfValues(input)))];

        public void Take(PreprocessingStep step)
        {
            switch (step)
            {
                case AssembleStep assemble:
                    Assemble(assemble);
                    break;
                case ColumnStep column when Find(column.Feature) is { } source:
                    if (column is ImputeStep { Indicator: { } indicator }) _columns.Add(source.Branch(indicator, "1 when missing, else 0"));
                    var target = column.Into is { } into ? source.Branch(into) : source;
                    if (!ReferenceEquals(target, source)) _columns.Add(target);
                    target.Add(column);
                    break;
            }
        }

        public IReadOnlyList<PreparationLine> Lines() => [.. _columns.Select(column => new PreparationLine(column.Name, column.From, column.Ended()))];

        private void Assemble(AssembleStep assemble)
        {
            var place = 0;
            foreach (var column in assemble.Columns.Select(Find).OfType<Column>())
            {
                column.HandTo(assemble.Tensor, place);
                place += column.Width;
            }
        }

        private Column? Find(string name) => _columns.FirstOrDefault(column => column.Name == name);

        private static int WidthOfValues(InputField input) => input.Values?.Count ?? input.AllowedNumbers?.Count ?? (input.Type == FieldType.Boolean ? 2 : 0);
    }

    private sealed class Column(string name, string from, List<PreparationPart> parts, int values)
    {
        private bool _isReadElsewhere;

        public string Name => name;

        public string From => from;

        /// <summary>How many columns of a tensor it fills: a one-hot column stands for all of its own.</summary>
        public int Width { get; private set; } = 1;

        public Column Branch(string newName, string? words = null)
        {
            _isReadElsewhere |= words is null;
            return new(newName, from, [.. parts, .. words is null ? Array.Empty<PreparationPart>() : [new(words)]], values) { Width = Width };
        }

        public void Add(ColumnStep step)
        {
            parts.Add(new(Words(step)));
            Width = step switch
            {
                OneHotStep oneHot => (oneHot.Values?.Count ?? values) - (oneHot.DropFirst ? 1 : 0),
                BucketizeStep { OneHot: true } bins => bins.Edges.Count - 1,
                _ => Width,
            };
        }

        public void HandTo(string tensor, int place) =>
            parts.Add(new(Width > 1 ? $"{tensor}, columns {place}–{place + Width - 1}" : $"{tensor}, column {place}", IsTensor: true));

        /// <summary>What nothing assembles goes to the model's tensor of its own name; what another column was made of only if there is one.</summary>
        public IReadOnlyList<PreparationPart> Ended() => parts.Count > 0 && parts[^1].IsTensor
            ? parts
            : [.. parts, new(_isReadElsewhere ? $"{name}, if the model has such a tensor" : name, IsTensor: true, IsSure: !_isReadElsewhere)];
    }
}
