using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>The values of a category, and what happens to others.</summary>
internal static class InputValueComparison
{
    public static void Compare(InputField before, InputField after, Contract contract, string path, ChangeList changes)
    {
        CompareUnseen(before, after, $"{path}/unseen", changes);
        if (ChangeJson.Same(before.Values, after.Values)) return;
        if (before.Values is null) TellListed(before, after, $"{path}/values", changes);
        else if (after.Values is null) changes.Additive($"{path}/values", before.Values, null, $"{after.Name} takes every value now, not only {Names(before.Values)}.");
        else CompareValues(before, after, contract, $"{path}/values", changes);
    }

    private static void TellListed(InputField before, InputField after, string path, ChangeList changes)
    {
        if (after.Unseen == UnseenPolicy.Reject)
            changes.Breaking(path, null, after.Values, $"Clients that send a {after.Name} other than {Names(after.Values!)} will be refused; every value was taken before.");
        else
            changes.Semantic(path, before.Values, after.Values, $"{after.Name} knows {Names(after.Values!)}; every other value {Passes(after.Unseen)} now.");
    }

    private static void CompareValues(InputField before, InputField after, Contract contract, string path, ChangeList changes)
    {
        var (gone, come) = (before.Values!.Except(after.Values!).ToList(), after.Values!.Except(before.Values!).ToList());
        if (gone.Count > 0 && after.Unseen == UnseenPolicy.Reject)
            changes.Breaking(path, before.Values, after.Values, $"Clients that send {after.Name} {Names(gone)} will be refused.");
        else if (gone.Count > 0)
            changes.Semantic(path, before.Values, after.Values, $"{after.Name} no longer knows {Names(gone)}: such a value {Passes(after.Unseen)} now.");
        if (come.Count > 0 && before.Unseen == UnseenPolicy.Reject)
            changes.Additive(path, before.Values, after.Values, $"{after.Name} takes {Names(come)} as well.");
        else if (come.Count > 0)
            changes.Semantic(path, before.Values, after.Values, $"{after.Name} knows {Names(come)} now: before, such a value {Passed(before.Unseen)}.");
        if (gone.Count + come.Count == 0) TellOrder(before, after, contract, path, changes);
    }

    // The order matters where an encoding takes the input's own values.
    private static void TellOrder(InputField before, InputField after, Contract contract, string path, ChangeList changes)
    {
        var encoded = contract.Preprocessing.Any(step => step is OneHotStep { Values: null } oneHot && oneHot.Feature == after.Name
            || step is OrdinalStep { Values: null } ordinal && ordinal.Feature == after.Name);
        if (encoded) changes.Semantic(path, before.Values, after.Values, $"The values of {after.Name} are in another order, and its encoding takes that order: the model is fed other numbers for the same value.");
        else changes.Additive(path, before.Values, after.Values, $"The values of {after.Name} are listed in another order; nothing takes that order.");
    }

    private static void CompareUnseen(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Unseen == after.Unseen) return;
        if (after.Unseen == UnseenPolicy.Reject)
            changes.Breaking(path, before.Unseen, after.Unseen, $"Clients that send a {after.Name} that is not listed will be refused; before, such a value {Passed(before.Unseen)}.");
        else if (before.Unseen == UnseenPolicy.Reject)
            changes.Additive(path, before.Unseen, after.Unseen, $"A {after.Name} that is not listed {Passes(after.Unseen)} now; it was refused before.");
        else
            changes.Semantic(path, before.Unseen, after.Unseen, $"A {after.Name} that is not listed {Passes(after.Unseen)} now; before, it {Passed(before.Unseen)}.");
    }

    private static string Passes(UnseenPolicy unseen) => unseen switch
    {
        UnseenPolicy.Reject => "is refused",
        UnseenPolicy.Accept => "passes as unseen",
        UnseenPolicy.Missing => "counts as missing",
    };

    private static string Passed(UnseenPolicy unseen) => unseen switch
    {
        UnseenPolicy.Reject => "was refused",
        UnseenPolicy.Accept => "passed as unseen",
        UnseenPolicy.Missing => "counted as missing",
    };
}
