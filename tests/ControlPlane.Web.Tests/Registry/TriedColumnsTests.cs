using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Web.Registry;

namespace ControlPlane.Web.Tests.Registry;

public sealed class TriedColumnsTests
{
    private static readonly JsonElement One = JsonSerializer.SerializeToElement(1);
    private static readonly TrialTensor Tensor = new("FP32", [1, 1], [One]);

    [Fact]
    public void Column_that_is_a_tensor_of_its_own_is_shown_once()
    {
        var prepared = Prepared(["amount", "country"], ["amount", "features"]);
        Assert.Equal(["country"], TryFigures.OwnColumns(prepared).Select(column => column.Key));
        Assert.False(TryFigures.IsAssembled(prepared, "amount"));
        Assert.True(TryFigures.IsAssembled(prepared, "features"));
    }

    [Fact]
    public void Tensor_of_a_second_graph_has_no_columns_above_it() => Assert.False(TryFigures.IsAssembled(Prepared([], ["features"]), "features"));

    private static TrialPreparation Prepared(string[] columns, string[] tensors) =>
        new(columns.ToDictionary(name => name, _ => One), tensors.ToDictionary(name => name, _ => Tensor));
}
