using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;

namespace ControlPlane.UseCases.Access;

/// <summary>A new key of one role; the secret is in the answer and nowhere else.</summary>
/// <param name="Secret">Null draws one. Given by the installation's configuration alone (Bootstrap:ApiKey), never by the API.</param>
public sealed record CreateApiKey(string Name, Role Role, string? Secret = null) : IRequest<CreatedApiKey>, IPermitted
{
    public Permission? Needs => Permission.Administer;
}

/// <summary>The key and, this once, its secret.</summary>
public sealed record CreatedApiKey(ApiKeyView Key, string Secret);

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator()
    {
        RuleFor(request => request.Name).NotEmpty().WithMessage("must not be empty")
            .MaximumLength(Lengths.Name).WithMessage($"must be at most {Lengths.Name} characters long");
        RuleFor(request => request.Role).IsInEnum().WithMessage($"must be one of {SnakeCaseWord.All<Role>()}");
        RuleFor(request => request.Secret).MinimumLength(16).WithMessage("must have at least 16 characters").When(request => request.Secret is not null);
    }
}

internal sealed class CreateApiKeyHandler(ControlPlaneContext context, ICurrentCaller currentCaller, IAuditTrail audit, TimeProvider clock)
    : IRequestHandler<CreateApiKey, CreatedApiKey>
{
    public async Task<CreatedApiKey> Handle(CreateApiKey request, CancellationToken cancellationToken)
    {
        var secret = request.Secret ?? ApiKeySecret.Draw();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            Name = request.Name,
            Prefix = ApiKeySecret.PrefixOf(secret),
            SecretHash = ApiKeySecret.HashOf(secret),
            Role = request.Role,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = currentCaller.Caller.Name,
        };
        context.ApiKeys.Add(key);
        audit.Append("api_key_created", $"api-keys/{key.Id}", detail: new { key.Name, key.Role, key.Prefix });
        await context.SaveChangesAsync(cancellationToken);
        return new(ApiKeyView.Of(key), secret);
    }
}
