namespace ControlPlane.Domain.Contracts;

/// <summary>An output's postprocessing in the order in which it runs: operations over the row, then the choice of one value, then the calibration of that.</summary>
public sealed class PostprocessingPlan
{
    private readonly PostprocessingStep[] _rowSteps;
    private readonly CalibrateStep[] _calibrations;

    public PostprocessingPlan(OutputField output)
    {
        _rowSteps = [.. output.PostprocessingSteps.Where(step => step is SigmoidStep or SoftmaxStep)];
        _calibrations = [.. output.PostprocessingSteps.OfType<CalibrateStep>()];
        IsArgmax = output.PostprocessingSteps.OfType<ArgmaxStep>().Any();
        NeedsRows = IsArgmax || _rowSteps.OfType<SoftmaxStep>().Any();
    }

    /// <summary>Whether the values are passed on as the model gave them.</summary>
    public bool IsEmpty => _rowSteps.Length == 0 && !IsArgmax && _calibrations.Length == 0;

    /// <summary>Whether the value that is answered is a column's number.</summary>
    public bool IsArgmax { get; }

    /// <summary>Whether one value depends on the others of its row, so that <see cref="Choose"/> must see all of them.</summary>
    public bool NeedsRows { get; }

    /// <summary>Runs the operations over the rows, in place, and takes one value of each: the argmax's, or the column at <paramref name="index"/>.</summary>
    public void Choose(Span<double> rows, int width, int index, Span<double> into)
    {
        RunRowSteps(rows, width);
        if (IsArgmax) Postprocessing.Argmax(rows, width, into);
        else for (var row = 0; row < into.Length; row++) into[row] = rows[row * width + index];
        Calibrate(into);
    }

    /// <summary>The same for values that are already chosen, where none depends on its row.</summary>
    public void Run(Span<double> chosen)
    {
        RunRowSteps(chosen, 1);
        Calibrate(chosen);
    }

    private void RunRowSteps(Span<double> rows, int width)
    {
        foreach (var step in _rowSteps)
        {
            if (step is SoftmaxStep) Postprocessing.Softmax(rows, width);
            else Postprocessing.Sigmoid(rows);
        }
    }

    private void Calibrate(Span<double> values)
    {
        foreach (var table in _calibrations) Postprocessing.Calibrate(values, table);
    }
}
