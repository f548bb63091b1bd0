namespace ControlPlane.Domain.Contracts;

/// <summary>Which of a row's attributions are told, and in which order.</summary>
public static class AttributionOrder
{
    /// <summary>The places of the <paramref name="top"/> largest magnitudes, largest first, the first of equals before; all of them for null.</summary>
    public static int[] Of(ReadOnlySpan<double> attributions, int? top)
    {
        var places = new int[attributions.Length];
        var keys = new (double Negative, int Place)[attributions.Length];
        for (var i = 0; i < places.Length; i++) (places[i], keys[i]) = (i, (-Math.Abs(attributions[i]), i));
        // The place in the key keeps equals in their order; the sort alone would not.
        Array.Sort(keys, places);
        return top < places.Length ? places[..top.Value] : places;
    }
}
