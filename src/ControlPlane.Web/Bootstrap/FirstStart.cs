using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.Web.Access;
using ControlPlane.Web.Composition;
using MediatR;

namespace ControlPlane.Web.Bootstrap;

/// <summary>Makes the first administrator and the first keys when the settings ask for them. Safe to run at every start and by two Webs at once.</summary>
public sealed class FirstStart(BootstrapSettings bootstrap, IMediator mediator, CurrentCaller current, ILogger<FirstStart> logger)
{
    private static readonly Caller Configuration = new(CallerKind.Schedule, "configuration", [Role.Administrator], null);

    public async Task Run(DemonstrationKey? demonstration)
    {
        current.ActFor(Configuration);
        await MakeAdministrator();
        if (bootstrap.ApiKey is { } key) await MakeKey("bootstrap", key, "Bootstrap:ApiKey");
        if (demonstration is not null) await MakeKey("demonstration", demonstration.Secret, "demo-key");
    }

    private async Task MakeAdministrator()
    {
        if (bootstrap is not { AdminEmail: { } email, AdminPassword: { } password } || await mediator.Send(new HasAdministrator())) return;
        try
        {
            await mediator.Send(new CreateFirstAdministrator(email, "Administrator", password));
            logger.LogInformation("The first administrator {Email} was made from the settings.", email);
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            logger.LogInformation("Another Web made the first administrator at the same moment.");
        }
        catch (RefusedException refusal) when (refusal.Problems is [{ } problem, ..])
        {
            throw new SettingException(problem.Path == "email" ? "Bootstrap:AdminEmail" : "Bootstrap:AdminPassword", $"is refused: {problem.Sentence.TrimEnd('.')}");
        }
    }

    private async Task MakeKey(string name, string secret, string setting)
    {
        if (await mediator.Send(new VerifyApiKey(secret)) is not null) return;
        var known = await mediator.Send(new ListApiKeys());
        if (known.Any(key => key.RevokedAt is not null && key.Name == name && secret.StartsWith(key.Prefix, StringComparison.Ordinal)))
        {
            // A setting must not undo what a person decided.
            logger.LogWarning("The key of {Setting} was revoked and stays revoked; set another one.", setting);
            return;
        }

        await mediator.Send(new CreateApiKey(name, Role.Administrator, secret));
        logger.LogInformation("The API key {Name} was made from {Setting}.", name, setting);
    }
}
