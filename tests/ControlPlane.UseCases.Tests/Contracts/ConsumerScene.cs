using ControlPlane.Domain.Access;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Contracts;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Rollouts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Contracts;

/// <summary>A scene of rollouts in which version 2 calls the output score risk, and billing reads score.</summary>
internal static class ConsumerScene
{
    public const string Renamed = """{"inputs": [{"name": "amount", "type": "number"}], "outputs": [{"name": "risk", "tensor": "t", "type": "number"}]}""";

    public static async Task<RolloutScene> Open(DatabaseKind database, string contract = Renamed)
    {
        var scene = await RolloutScene.Open(database);
        await Give(scene, 2, contract);
        return scene;
    }

    public static Task<int> Give(RolloutScene scene, int version, string contract) => scene.House.Query(context => context.Versions.Where(row => row.Version == version)
        .ExecuteUpdateAsync(row => row.SetProperty(each => each.ContractJson, contract), TestContext.Current.CancellationToken));

    public static Task<ConsumerView> Billing(RolloutScene scene, params string[] fields) => scene.House.Send(Register(fields));

    public static RegisterConsumer Register(params string[] fields) => new(RolloutScene.Model, "billing", 1, fields, "Team Billing", "#billing");

    public static Task<ComparisonView> Compare(RolloutScene scene) => scene.House.Send(new CompareVersions(RolloutScene.Model, 2));

    public static Task<CompatibilityView> Mode(RolloutScene scene, CompatibilityMode mode) => scene.House.Send(new SetCompatibility(RolloutScene.Model, mode));

    public static Task<HitConsumerView> Acknowledge(RolloutScene scene, ConsumerView consumer, int? against = null) =>
        scene.House.Send(new AcknowledgeChanges(consumer.Id, 2, against, "we read risk from Monday"));

    public static void As(RolloutScene scene, string name, Role role) => scene.House.Caller.Caller = new(CallerKind.Person, name, [role], null);
}
