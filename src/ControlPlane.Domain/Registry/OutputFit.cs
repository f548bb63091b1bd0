using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>Matches a contract's outputs with the model's.</summary>
internal sealed class OutputFit(IReadOnlyList<GraphPort> ports, List<Problem> problems)
{
    public void Check(IReadOnlyList<OutputField> outputs)
    {
        foreach (var (place, output) in outputs.Index()) Check(output, $"outputs/{place}");
    }

    private void Check(OutputField output, string path)
    {
        if (Find(output.Tensor, $"{path}/tensor") is not { } port) return;
        if (output.Shape is { } raw)
        {
            if (port.Datatype() != raw.Datatype || !port.Fits(raw.Shape))
                Refuse(path, $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but the model's output is {port.Describe()}");
            else if (output.Labels is { } labels && port.Axes() is [.., >= 0 and var columns] && columns != labels.Count)
                Refuse($"{path}/labels", $"name {labels.Count} columns, but the model's output is {port.Describe()}");
        }
        else if (output.Explanation is { } form)
        {
            CheckExplanation(form, port, path);
        }
        else
        {
            CheckValue(output, port, path);
        }
    }

    private void CheckValue(OutputField output, GraphPort port, string path)
    {
        var wantsText = output.Type is FieldType.Category or FieldType.Text;
        var chooses = output.PostprocessingSteps.Any(step => step is ArgmaxStep);
        if ((port.IsText() && !wantsText) || (wantsText && !port.IsText() && output.Labels is null))
            Refuse($"{path}/type", $"is {Plain.Word(output.Type)}, but the model's output is {port.Describe()}");
        else if (port.IsText() && output.PostprocessingSteps.Count > 0)
            Refuse($"{path}/postprocessing", $"is for numbers, but the model's output is {port.Describe()}");
        else if (wantsText && !port.IsText() && !chooses && !port.IsWhole())
            Refuse($"{path}/labels", $"need a class number, but the model's output is {port.Describe()}; choose one with argmax");
        else if (port.Width() is { } width)
            CheckWidth(output, port, width, chooses, path);
    }

    private void CheckWidth(OutputField output, GraphPort port, long width, bool chooses, string path)
    {
        if (!chooses && output.Index is null && width != 1) Refuse($"{path}/index", $"must say which of the {width} columns of {port.Describe()}");
        if (!chooses && output.Index >= width) Refuse($"{path}/index", $"is {output.Index}, but the model's output is {port.Describe()}");
        if (width == 1 && output.PostprocessingSteps.Any(step => step is SoftmaxStep or ArgmaxStep))
            Refuse($"{path}/postprocessing", $"compares columns, but the model's output is {port.Describe()}; a single logit takes sigmoid");
        // Labels of a number, and those that an argmax chooses from, are the columns' own; those of class numbers are not.
        var ofColumns = chooses || output.Type is not (FieldType.Category or FieldType.Text);
        if (ofColumns && output.Labels is { } labels && labels.Count != width)
            Refuse($"{path}/labels", $"name {labels.Count} columns, but the model's output is {port.Describe()}");
    }

    private void CheckExplanation(ExplanationForm form, GraphPort port, string path)
    {
        if (form.Kind == ExplanationKind.Attributions)
        {
            if (port.Datatype() is "BYTES" or "BOOL")
                Refuse($"{path}/explanation/kind", $"is attributions, which are numbers, but the model's output is {port.Describe()}");
            else if (port.Width() is { } width && width != form.Features?.Count)
                Refuse($"{path}/explanation/features", $"name {form.Features?.Count ?? 0} columns, but the model's output is {port.Describe()}");
        }
        else if (form.Codes is null && !port.IsText())
        {
            Refuse($"{path}/explanation/codes", $"must say what the numbers of {port.Describe()} stand for");
        }
        else if (form.Codes is not null && !port.IsWhole())
        {
            Refuse($"{path}/explanation/codes", $"are counted through by whole numbers, but the model's output is {port.Describe()}");
        }
    }

    private GraphPort? Find(string name, string path)
    {
        var port = ports.FirstOrDefault(port => port.Name == name);
        if (port is null) Refuse(path, $"the model has no output {name}; it has {string.Join(", ", ports.Select(known => known.Describe()))}");
        else if (port.Datatype() is null) Refuse(path, $"the model's output {port.Describe()} cannot be served");
        else return port;
        return null;
    }

    private void Refuse(string path, string sentence) => problems.Add(new(path, sentence));
}
