using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Whoever the test says is asking; an administrator unless told.</summary>
public sealed class FixedCaller : ICurrentCaller
{
    public Caller Caller { get; set; } = new(CallerKind.Person, "ada@example.com", [Role.Administrator], "127.0.0.1");
}
