using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Worked examples out of the documentation of scipy, numpy and scikit-learn, and the ends of the number line.</summary>
public sealed class PostprocessingTests
{
    // scikit-learn 1.2.1: IsotonicRegression(out_of_bounds="clip").fit([0.1, 0.3, 0.35, 0.4, 0.6, 0.7, 0.9, 0.95], [0, 0, 1, 0, 1, 0, 1, 1]); X_thresholds_, y_thresholds_.
    private static readonly CalibrateStep Isotonic = new([0.1, 0.3, 0.35, 0.7, 0.9, 0.95], [0, 0, 0.5, 0.5, 1, 1]);

    // The documented example of numpy.interp.
    private static readonly CalibrateStep Interp = new([1, 2, 3], [3, 2, 0]);

    [Fact]
    public void Sigmoid_is_the_documented_expit()
    {
        // scipy.special.expit([-np.inf, -1.5, 0, 1.5, np.inf]) = [0, 0.18242552, 0.5, 0.81757448, 1]
        double[] values = [double.NegativeInfinity, -1.5, 0, 1.5, double.PositiveInfinity];

        Postprocessing.Sigmoid(values);

        Assert.All(values.Zip([0, 0.18242552380635635, 0.5, 0.8175744761936437, 1]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void Sigmoid_far_out_neither_overflows_nor_loses_its_small_end()
    {
        double[] values = [-750, 800, -700, double.NaN];

        Postprocessing.Sigmoid(values);

        Assert.Equal([0, 1, Math.Exp(-700), double.NaN], values);
    }

    [Fact]
    public void Softmax_is_the_documented_one_row_by_row()
    {
        // scipy.special.softmax([[1, 0.5, 0.2, 3], [1, -1, 7, 3], [2, 12, 13, 3]], axis=1)
        double[] values = [1, 0.5, 0.2, 3, 1, -1, 7, 3, 2, 12, 13, 3];

        Postprocessing.Softmax(values, 4);

        double[] expected =
        [
            0.10587706966936553, 0.06421768891500074, 0.04757363403830293, 0.7823316073773308,
            0.002427460295770427, 0.00032852102667372233, 0.9793073783741814, 0.01793664030337447,
            1.2209367336001121e-05, 0.2689292120026591, 0.7310253901286383, 3.318850136643327e-05,
        ];
        Assert.All(values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Theory]
    [InlineData(new[] { 1000.0, 1000, -1000 }, new[] { 0.5, 0.5, 0 })]
    [InlineData(new[] { 0.0, double.NegativeInfinity }, new[] { 1.0, 0 })]
    [InlineData(new[] { 0.0, double.NaN }, new[] { double.NaN, double.NaN })]
    [InlineData(new[] { 0.0, double.PositiveInfinity }, new[] { double.NaN, double.NaN })]
    public void Softmax_at_the_ends_is_exact_or_no_number(double[] values, double[] expected)
    {
        Postprocessing.Softmax(values, values.Length);

        Assert.Equal(expected, values);
    }

    [Theory]
    // numpy.argmax([0, 5, 2, 3, 4, 5]) = 1: only the first occurrence is returned.
    [InlineData(new[] { 0.0, 5, 2, 3, 4, 5 }, 1.0)]
    [InlineData(new[] { -3.0, -2, -2.5 }, 1.0)]
    [InlineData(new[] { 7.0 }, 0.0)]
    [InlineData(new[] { double.NegativeInfinity, -1e308 }, 1.0)]
    [InlineData(new[] { 1.0, double.NaN, 3 }, double.NaN)]
    [InlineData(new[] { 1.0, double.PositiveInfinity }, double.NaN)]
    [InlineData(new[] { double.NegativeInfinity, double.NegativeInfinity }, double.NaN)]
    public void Argmax_is_the_first_of_the_largest(double[] row, double expected)
    {
        var places = new double[2];

        Postprocessing.Argmax([.. row, .. row], row.Length, places);

        Assert.Equal([expected, expected], places);
    }

    [Fact]
    public void Calibrate_predicts_as_isotonic_regression_does()
    {
        double[] values = [0.0, 0.1, 0.2, 0.3, 0.32, 0.35, 0.5, 0.55, 0.65, 0.8, 0.9, 0.93, 1.0];

        Postprocessing.Calibrate(values, Isotonic);

        double[] predicted = [0, 0, 0, 0, 0.2000000000000002, 0.5, 0.5, 0.5, 0.5, 0.7500000000000001, 1, 1, 1];
        Assert.All(values.Zip(predicted), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
    }

    [Fact]
    public void Calibrate_falls_where_the_table_falls()
    {
        // numpy.interp([0, 1, 1.5, 2.72, 3.14], [1, 2, 3], [3, 2, 0]) = [3, 3, 2.5, 0.56, 0]
        double[] values = [0, 1, 1.5, 2.72, 3.14, double.NaN];

        Postprocessing.Calibrate(values, Interp);

        Assert.All(values.Zip([3, 3, 2.5, 0.56, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        Assert.Equal(double.NaN, values[5]);
    }

    [Fact]
    public void Calibrate_at_a_point_is_the_point()
    {
        var points = Enumerable.Range(0, 101).Select(i => i / 100.0).ToList();
        var table = new CalibrateStep(points, [.. points.Select(point => Math.Sqrt(point))]);
        double[] values = [.. points];

        Postprocessing.Calibrate(values, table);

        Assert.Equal(table.To, values);
    }

    [Fact]
    public void Attributions_come_by_magnitude_and_equals_in_their_order()
    {
        double[] attributions = [0.1, -0.7, 0.3, 0.7, -0.3];

        Assert.Equal([1, 3, 2, 4, 0], AttributionOrder.Of(attributions, null));
        Assert.Equal([1, 3], AttributionOrder.Of(attributions, 2));
        Assert.Equal(5, AttributionOrder.Of(attributions, 9).Length);
        Assert.Empty(AttributionOrder.Of([], 3));
    }
}
