using System.ComponentModel.DataAnnotations;
using ControlPlane.Web.Composition;

namespace ControlPlane.Web.Bootstrap;

/// <summary>The first administrator and the first API key, for installations that nobody opens in a browser.</summary>
public sealed record BootstrapSettings(string? AdminEmail, string? AdminPassword, string? ApiKey)
{
    private const int ShortestKey = 16;

    public static BootstrapSettings Read(IConfiguration configuration)
    {
        var email = Given(configuration, "Bootstrap:AdminEmail");
        var password = Given(configuration, "Bootstrap:AdminPassword");
        var key = Given(configuration, "Bootstrap:ApiKey");
        if (email is not null && !new EmailAddressAttribute().IsValid(email)) throw new SettingException("Bootstrap:AdminEmail", $"must be an e-mail address (is \"{email}\")");
        if (email is null && password is not null) throw new SettingException("Bootstrap:AdminEmail", "is needed beside Bootstrap:AdminPassword");
        if (email is not null && password is null) throw new SettingException("Bootstrap:AdminPassword", "is needed beside Bootstrap:AdminEmail");
        if (key is { Length: < ShortestKey }) throw new SettingException("Bootstrap:ApiKey", $"must have at least {ShortestKey} characters");
        if (key is not null && key.Any(character => character is <= ' ' or > '~')) throw new SettingException("Bootstrap:ApiKey", "may hold only visible ASCII characters: it travels in a header");
        return new(email, password, key);
    }

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
