using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Rows on their way through a version: columns in, columns out. Kept for later requests of the same version; grows, never shrinks below what it was last used for.</summary>
internal sealed class PredictionBatch
{
    /// <summary>A batch that grew beyond this is not kept, so that one large request does not hold its memory for ever.</summary>
    public const int MostKeptRows = 4096;
    private const int FirstRows = 4;

    private readonly ServingPlan _plan;
    private int _feedRows = -1;

    public PredictionBatch(ServingPlan plan)
    {
        _plan = plan;
        Numbers = new double[plan.Fields.Length][];
        Texts = new string[plan.Fields.Length][];
        RawInputs = new Tensor?[plan.Fields.Length];
        OutputNumbers = new double[plan.Outputs.Length][];
        OutputTexts = new string[plan.Outputs.Length][];
        RawOutputs = new Tensor?[plan.Outputs.Length];
        FeedTensors = new NamedTensor[plan.Feeds.Length];
        Prepared = new(plan.Preparation, Numbers, Texts);
        Grow(FirstRows);
    }

    public int Rows { get; set; }

    public int Capacity { get; private set; }

    /// <summary>What the client sent, per input, per row; NaN is missing. Empty arrays for texts and raw tensors. No preprocessing step writes here.</summary>
    public double[][] Numbers { get; }

    /// <summary>What the client sent, per input, per row; empty is missing. Empty arrays for all but texts.</summary>
    public string[][] Texts { get; }

    public Tensor?[] RawInputs { get; }

    public double[][] OutputNumbers { get; }

    public string[][] OutputTexts { get; }

    public Tensor?[] RawOutputs { get; }

    public string[] Decisions { get; private set; } = [];

    /// <summary>The columns as the preprocessing leaves them, of the rows that were fed last.</summary>
    public PreparedRows Prepared { get; }

    /// <summary>The tensors that were fed last, assembled ones among them.</summary>
    public NamedTensor[] FeedTensors { get; }

    public ReadOnlySpan<double> Scores => _plan.ScorePlace < 0 ? default : OutputNumbers[_plan.ScorePlace].AsSpan(0, Rows);

    public ReadOnlySpan<string> DecisionsOfRows => _plan.Contract.Policy is null ? default : Decisions.AsSpan(0, Rows);

    public void Reserve(int rows)
    {
        if (rows > Capacity) Grow(Math.Max(rows, (int)Math.Min(Array.MaxLength, Capacity * 2L)));
    }

    /// <summary>Prepares and makes the input tensors of rows [from, from + count); those of an equal count before are written again.</summary>
    public NamedTensor[] Feed(int from, int count)
    {
        Prepared.Prepare(from, count);
        var reusable = _feedRows == count && !_plan.IsRaw;
        for (var i = 0; i < FeedTensors.Length; i++)
        {
            var feed = _plan.Feeds[i];
            var tensor = feed.Fill(this, from, count, reusable ? FeedTensors[i].Tensor : null);
            if (!ReferenceEquals(tensor, FeedTensors[i].Tensor)) FeedTensors[i] = new(feed.Tensor, tensor);
        }

        _feedRows = count;
        return FeedTensors;
    }

    /// <summary>Lets go of the client's tensors and texts before the batch waits for its next request.</summary>
    public void Clear()
    {
        Array.Clear(RawInputs);
        Array.Clear(RawOutputs);
        Rows = 0;
    }

    private void Grow(int rows)
    {
        foreach (var field in _plan.Fields)
        {
            Numbers[field.Place] = Grown(Numbers[field.Place], field.IsText || field.IsRaw ? 0 : rows);
            Texts[field.Place] = Grown(Texts[field.Place], field.IsText ? rows : 0);
        }

        for (var i = 0; i < _plan.Outputs.Length; i++)
        {
            var output = _plan.Outputs[i];
            OutputNumbers[i] = Grown(OutputNumbers[i], output.IsText || output.IsRaw ? 0 : rows);
            OutputTexts[i] = Grown(OutputTexts[i], output.IsText ? rows : 0);
        }

        if (_plan.Contract.Policy is not null) Decisions = Grown(Decisions, rows);
        Capacity = rows;
    }

    private static T[] Grown<T>(T[]? old, int rows)
    {
        var grown = new T[rows];
        old?.AsSpan(0, Math.Min(old.Length, rows)).CopyTo(grown);
        return grown;
    }
}
