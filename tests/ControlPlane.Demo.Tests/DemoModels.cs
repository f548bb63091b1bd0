using ControlPlane.Demo.Rows;

namespace ControlPlane.Demo.Tests;

internal static class DemoModels
{
    public static string Folder(string model) => Path.Combine(AppContext.BaseDirectory, "models", model);

    public static Task<Population> PopulationAsync(string model) =>
        Population.ReadAsync(Path.Combine(Folder(model), "population.json"), TestContext.Current.CancellationToken);
}
