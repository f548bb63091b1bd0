using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>Labels, postprocessing and explanations of one output.</summary>
internal static class OutputDetailComparison
{
    public static void CompareLabels(OutputField before, OutputField after, string path, ChangeList changes)
    {
        var (old, young) = (before.Labels ?? [], after.Labels ?? []);
        if (old.SequenceEqual(young)) return;
        path += "/labels";
        var (gone, come) = (old.Except(young).ToList(), young.Except(old).ToList());
        if (gone.Count + come.Count == 0)
            changes.Semantic(path, before.Labels, after.Labels, $"The labels of {after.Name} are in another order: the same class of the model has another name.");
        else if (after.Type != FieldType.Category)
            changes.Semantic(path, before.Labels, after.Labels, $"The columns that {after.Name} is taken from are called {List(young)} now; they were {List(old)}.");
        else if (gone.Count > 0 && come.Count > 0)
            changes.Breaking(path, before.Labels, after.Labels, $"{after.Name} answers {Names(come)} and never again {Names(gone)}: consumers that look for the old words find nothing.");
        else if (gone.Count > 0)
            changes.Breaking(path, before.Labels, after.Labels, $"{after.Name} never answers {Names(gone)} again: consumers that wait for that word wait in vain.");
        else
            changes.Semantic(path, before.Labels, after.Labels, $"{after.Name} may answer {Names(come)}: the old words stay, but consumers may meet one that they do not know.");
    }

    public static void ComparePostprocessing(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (ChangeJson.Same(before.PostprocessingSteps, after.PostprocessingSteps)) return;
        var (old, young) = (before.PostprocessingSteps.Select(step => step.Op).ToList(), after.PostprocessingSteps.Select(step => step.Op).ToList());
        if (old.SequenceEqual(young))
        {
            // Of the operations only calibrate carries values.
            changes.Semantic($"{path}/calibration", Tables(before), Tables(after), $"{after.Name} is calibrated by another table: the model's same answer becomes another number.");
            return;
        }

        changes.Semantic(
            $"{path}/postprocessing", before.PostprocessingSteps, after.PostprocessingSteps,
            $"{after.Name} goes through {(young.Count == 0 ? "no operation" : Names(young))} after the model instead of {(old.Count == 0 ? "none" : Names(old))}: the model's same answer becomes another value.");
    }

    public static void CompareExplanation(OutputField before, OutputField after, string path, ChangeList changes)
    {
        // Another type is told already.
        if (before.Explanation is not { } old || after.Explanation is not { } young) return;
        path += "/explanation";
        if (old.Kind != young.Kind)
        {
            changes.Breaking($"{path}/kind", old.Kind, young.Kind, $"{after.Name} explains by {Kind(young)} instead of {Kind(old)}: its entries have another form.");
            return;
        }

        if (!ChangeJson.Same(old.Features, young.Features))
            changes.Semantic($"{path}/features", old.Features, young.Features, $"{after.Name} explains by the features {List(young.Features ?? [])}; they were {List(old.Features ?? [])}.");
        if (!ChangeJson.Same(old.Codes, young.Codes))
            changes.Semantic($"{path}/codes", old.Codes, young.Codes, $"{after.Name} gives the codes {List(young.Codes ?? [])}; they were {List(old.Codes ?? [])}.");
        if (old.Top != young.Top)
            changes.Semantic($"{path}/top", old.Top, young.Top, $"{after.Name} gives {Top(young)} per row instead of {Top(old)}.");
    }

    private static List<PostprocessingStep> Tables(OutputField output) => [.. output.PostprocessingSteps.Where(step => step is CalibrateStep)];

    private static string Kind(ExplanationForm form) => form.Kind == ExplanationKind.Attributions ? "attributions" : "reason codes";

    private static string Top(ExplanationForm form) => form.Top is { } top ? $"at most {top} entries" : "every entry";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "not said" : Names(names);
}
