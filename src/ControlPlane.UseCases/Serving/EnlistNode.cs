using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>A node asks to belong; the join token is compared with the configured one. The same name in an environment gets the same id and a new key.</summary>
public sealed record EnlistNode(string JoinToken, EnlistRequest Node) : IRequest<EnlistAnswer>, IPermitted
{
    public Permission? Needs => null;
}

internal sealed class EnlistNodeValidator : AbstractValidator<EnlistNode>
{
    public EnlistNodeValidator()
    {
        RuleFor(request => request.Node.Name).NotEmpty().WithMessage("must not be empty")
            .MaximumLength(Lengths.Name).WithMessage($"must be at most {Lengths.Name} characters long").OverridePropertyName("name");
        RuleFor(request => request.Node.Address).Must(IsHttpAddress).WithMessage("must be an address that begins with http:// or https://")
            .MaximumLength(Lengths.Line).WithMessage($"must be at most {Lengths.Line} characters long").OverridePropertyName("address");
        RuleFor(request => request.Node.Environment).NotEmpty().WithMessage("must not be empty").OverridePropertyName("environment");
        RuleFor(request => request.Node.Incarnation).NotEmpty().WithMessage("must not be empty").OverridePropertyName("incarnation");
        RuleFor(request => request.Node.ProgramVersion).NotNull().WithMessage("must be given")
            .MaximumLength(Lengths.Name).WithMessage($"must be at most {Lengths.Name} characters long").OverridePropertyName("program_version");
        RuleFor(request => request.Node.RuntimeVersion).NotNull().WithMessage("must be given")
            .MaximumLength(Lengths.Name).WithMessage($"must be at most {Lengths.Name} characters long").OverridePropertyName("runtime_version");
    }

    private static bool IsHttpAddress(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

internal sealed class EnlistNodeHandler(ControlPlaneContext context, INodeInstructions instructions, FleetSettings fleet, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<EnlistNode, EnlistAnswer>
{
    private const int Attempts = 3;

    public async Task<EnlistAnswer> Handle(EnlistNode request, CancellationToken cancellationToken)
    {
        if (!NodeKey.IsSame(request.JoinToken, fleet.JoinToken)) throw new RefusedException(RefusalKind.Unauthenticated, "The join token is not the one of this installation.");
        var wanted = request.Node;
        if (!await context.Environments.AnyAsync(environment => environment.Name == wanted.Environment, cancellationToken))
            throw RefusedException.Invalid("environment", $"there is no environment {wanted.Environment}");
        var node = await Keep(wanted, cancellationToken);
        return new(node.Id, node.Key, fleet.ReportIntervalMilliseconds, fleet.LeaseSeconds, await instructions.For(node, cancellationToken));
    }

    private async Task<Node> Keep(EnlistRequest wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var node = await context.Nodes.SingleOrDefaultAsync(node => node.Environment == wanted.Environment && node.Name == wanted.Name, cancellationToken);
            if (node is null) context.Nodes.Add(node = Create(wanted));
            Take(node, wanted);
            audit.Append("node_enlisted", $"nodes/{node.Id}", detail: wanted, by: new(CallerKind.Node, node.Name, [], node.Address));
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return node;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // The same name enlisted at the same time; the second try finds it and gives it a newer key.
                context.ChangeTracker.Clear();
            }
        }
    }

    private Node Create(EnlistRequest wanted) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = wanted.Name,
        Environment = wanted.Environment,
        Address = wanted.Address,
        Key = "",
        ProgramVersion = wanted.ProgramVersion,
        RuntimeVersion = wanted.RuntimeVersion,
        EnlistedAt = clock.GetUtcNow(),
    };

    private void Take(Node node, EnlistRequest wanted)
    {
        node.Address = wanted.Address;
        node.Key = NodeKey.Draw();
        node.Incarnation = wanted.Incarnation;
        node.ProgramVersion = wanted.ProgramVersion;
        node.RuntimeVersion = wanted.RuntimeVersion;
        node.Cores = wanted.Cores;
        node.MemoryBytes = wanted.MemoryBytes;
        node.LastReportAt = clock.GetUtcNow();
        // Whatever the life before had loaded is gone.
        node.Ready = false;
        node.Placements = [];
        node.Generations = new Dictionary<string, long>();
    }
}
