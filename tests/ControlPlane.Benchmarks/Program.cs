using ControlPlane.Benchmarks;

// dotnet run -c Release --project tests/ControlPlane.Benchmarks -- [serving|rollback|start|contract]; without a name all of them.
// Each prints ratios against a ceiling measured in the same run: machines differ and are noisy, ratios are what to quote.
string[] names = args.Length > 0 ? args : ["start", "serving", "rollback", "contract"];
if (names[0] == "ceiling") return await Ceiling.Serve(int.Parse(names[1]));
foreach (var name in names)
{
    switch (name)
    {
        case "serving": await ServingBenchmark.Run(); break;
        case "rollback": await RollbackBenchmark.Run(); break;
        case "start": await StartBenchmark.Run(); break;
        case "contract": await ContractBenchmark.Run(); break;
        default: Console.Error.WriteLine($"There is no benchmark '{name}': serving, rollback, start, contract."); return 2;
    }
}

return 0;
