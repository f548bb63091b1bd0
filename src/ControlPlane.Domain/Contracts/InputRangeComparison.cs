using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>Limits of an input: what is narrowed refuses rows that were taken.</summary>
internal static class InputRangeComparison
{
    public static void Compare(InputField before, InputField after, string path, ChangeList changes)
    {
        CompareMin(before, after, path, changes);
        CompareMax(before, after, path, changes);
        CompareLength(before, after, path, changes);
        if (after.Type is FieldType.Number or FieldType.Integer) CompareAllowed(before.AllowedNumbers, after.AllowedNumbers, after.Name, $"{path}/values", changes);
    }

    private static void CompareMin(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Min == after.Min) return;
        if (after.Min is { } limit && !(before.Min >= limit))
        {
            var was = before.Min is { } old ? $"down to {Number(old)} was taken before" : "there was no lower limit before";
            changes.Breaking($"{path}/min", before.Min, after.Min, $"Clients that send {after.Name} below {Number(limit)} will be refused; {was}.");
        }
        else
        {
            var now = after.Min is { } low ? $"may go down to {Number(low)} now" : "has no lower limit now";
            changes.Additive($"{path}/min", before.Min, after.Min, $"{after.Name} {now}; below {Number(before.Min!.Value)} was refused before.");
        }
    }

    private static void CompareMax(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Max == after.Max) return;
        if (after.Max is { } limit && !(before.Max <= limit))
        {
            var was = before.Max is { } old ? $"up to {Number(old)} was taken before" : "there was no upper limit before";
            changes.Breaking($"{path}/max", before.Max, after.Max, $"Clients that send {after.Name} above {Number(limit)} will be refused; {was}.");
        }
        else
        {
            var now = after.Max is { } high ? $"may go up to {Number(high)} now" : "has no upper limit now";
            changes.Additive($"{path}/max", before.Max, after.Max, $"{after.Name} {now}; above {Number(before.Max!.Value)} was refused before.");
        }
    }

    private static void CompareLength(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.MaxLength == after.MaxLength) return;
        if (after.MaxLength is { } limit && !(before.MaxLength <= limit))
        {
            var was = before.MaxLength is { } old ? $"{Number(old)} were taken before" : "there was no limit before";
            changes.Breaking($"{path}/max_length", before.MaxLength, after.MaxLength, $"Clients that send {after.Name} with more than {Number(limit)} characters will be refused; {was}.");
        }
        else
        {
            var now = after.MaxLength is { } most ? $"may have {Number(most)} characters now" : "may be of any length now";
            changes.Additive($"{path}/max_length", before.MaxLength, after.MaxLength, $"{after.Name} {now}; more than {Number(before.MaxLength!.Value)} were refused before.");
        }
    }

    private static void CompareAllowed(IReadOnlyList<double>? before, IReadOnlyList<double>? after, string name, string path, ChangeList changes)
    {
        if (ChangeJson.Same(before, after)) return;
        if (after is null)
        {
            changes.Additive(path, before, null, $"{name} takes every number within its limits now, not only {List(before!)}.");
            return;
        }

        if (before is null)
        {
            changes.Breaking(path, null, after, $"Clients that send {name} other than {List(after)} will be refused; every number within its limits was taken before.");
            return;
        }

        var (gone, come) = (before.Except(after).ToList(), after.Except(before).ToList());
        if (gone.Count > 0) changes.Breaking(path, before, after, $"Clients that send {name} {List(gone)} will be refused.");
        if (come.Count > 0) changes.Additive(path, before, after, $"{name} takes {List(come)} as well.");
        if (gone.Count + come.Count == 0) changes.Semantic(path, before, after, $"The allowed numbers of {name} are listed in another order; what encodes them by their place changes.");
    }

    private static string List(IReadOnlyList<double> numbers) => Names([.. numbers.Select(Number)]);
}
