// Violations planted on purpose: the arrow tests must find each of them, or they cannot find a real one.
namespace Planted.Domain.Rollouts
{
    internal sealed class PlantedRollout
    {
        public static int Count() => 3;
    }
}

namespace Planted.Domain.Contracts
{
    internal sealed class FieldOfForbiddenRoom
    {
        public Planted.Domain.Rollouts.PlantedRollout? Rollout { get; init; }
    }

    internal sealed class CallIntoForbiddenRoom
    {
        public static int Twice() => 2 * Planted.Domain.Rollouts.PlantedRollout.Count();
    }

    internal sealed class GenericOverForbiddenRoom
    {
        public static object Make() => new List<Planted.Domain.Rollouts.PlantedRollout>();
    }
}

namespace Planted.Domain.Attic
{
    internal sealed class UnknownRoom
    {
        public static int Count() => Planted.Domain.Rollouts.PlantedRollout.Count();
    }
}
