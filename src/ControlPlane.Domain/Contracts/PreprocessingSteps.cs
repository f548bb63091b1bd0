namespace ControlPlane.Domain.Contracts;

/// <summary>One named, pure operation over columns. What training fitted is written in it and never computed again.</summary>
public abstract record PreprocessingStep(string Op);

/// <summary>An operation over one column. It replaces the column, or, with <paramref name="Into"/>, makes a new one beside it.</summary>
public abstract record ColumnStep(string Op, string Feature, string? Into) : PreprocessingStep(Op)
{
    /// <summary>The column that holds the result.</summary>
    public string Target => Into ?? Feature;
}

/// <summary>A missing value of <paramref name="Feature"/> becomes the number or the text given (exactly one is set).</summary>
/// <param name="Indicator">A further column of 1 (was missing) and 0.</param>
public sealed record ImputeStep(string Feature, double? Number, string? Text, string? Into = null, string? Indicator = null) : ColumnStep("impute", Feature, Into);

/// <summary>Values below <paramref name="Min"/> become it, those above <paramref name="Max"/> that; at least one is set. Missing stays missing.</summary>
public sealed record ClipStep(string Feature, double? Min, double? Max, string? Into = null) : ColumnStep("clip", Feature, Into);

/// <summary>ln(1 + x); the input's range must keep x above -1.</summary>
public sealed record Log1pStep(string Feature, string? Into = null) : ColumnStep("log1p", Feature, Into);

/// <summary>(x - mean) / scale, scale not 0.</summary>
public sealed record StandardizeStep(string Feature, double Mean, double Scale, string? Into = null) : ColumnStep("standardize", Feature, Into);

/// <summary>(x - min) / (max - min) · (high - low) + low, max above min; with <paramref name="Clip"/> held within [low, high].</summary>
public sealed record MinMaxStep(string Feature, double Min, double Max, double Low = 0, double High = 1, bool Clip = false, string? Into = null) : ColumnStep("min_max", Feature, Into);

/// <summary>An ordered list of categories: texts for a category, numbers for a number, integer or boolean. Exactly one is set.</summary>
public sealed record CategoryList(IReadOnlyList<string>? Texts, IReadOnlyList<double>? Numbers)
{
    public int Count => Texts?.Count ?? Numbers!.Count;
}

/// <summary>One column of 0 and 1 per category, in order; missing and unseen values are all zeros.</summary>
/// <param name="Values">Null takes the input's own values.</param>
/// <param name="DropFirst">Leaves the first category's column out.</param>
public sealed record OneHotStep(string Feature, CategoryList? Values = null, bool DropFirst = false, string? Into = null) : ColumnStep("one_hot", Feature, Into);

/// <summary>The place of the value among the categories, from 0.</summary>
/// <param name="Values">Null takes the input's own values.</param>
/// <param name="UnseenValue">What an unseen value becomes; must be set where the input lets such pass.</param>
/// <param name="MissingValue">What a missing value becomes; null: NaN.</param>
public sealed record OrdinalStep(string Feature, CategoryList? Values = null, double? UnseenValue = null, double? MissingValue = null, string? Into = null) : ColumnStep("ordinal", Feature, Into);

/// <summary>
/// The number of the bin: edges e0 &lt; e1 &lt; … &lt; ek make k bins [e0, e1), …, [ek-1, ek]; what lies outside falls into the first or the last one.
/// </summary>
/// <param name="OneHot">A column per bin instead of its number.</param>
public sealed record BucketizeStep(string Feature, IReadOnlyList<double> Edges, bool OneHot = false, string? Into = null) : ColumnStep("bucketize", Feature, Into);

/// <summary>What a cast makes.</summary>
public enum CastTarget
{
    /// <summary>Booleans become 0 and 1; categories whose values all read as numbers become those.</summary>
    Number,

    /// <summary>As Number, without the fraction (towards zero).</summary>
    Integer,

    /// <summary>1 for all that is not 0.</summary>
    Boolean,

    /// <summary>The shortest invariant text of a number: 3, 3.5; a boolean's true and false.</summary>
    Text,
}

/// <summary>Changes a column's type.</summary>
public sealed record CastStep(string Feature, CastTarget To, string? Into = null) : ColumnStep("cast", Feature, Into);

/// <summary>Builds one tensor [rows, columns] out of numeric columns, in the order given; a one-hot column stands for all of its own.</summary>
public sealed record AssembleStep(string Tensor, string Datatype, IReadOnlyList<string> Columns) : PreprocessingStep("assemble");

/// <summary>A second ONNX graph, run before the model instead of any other step: inputs by name as a model's would be, outputs are the model's tensors.</summary>
/// <param name="Artifact">Digest of the graph's file in the artifact store.</param>
public sealed record OnnxStep(string Artifact) : PreprocessingStep("onnx");
