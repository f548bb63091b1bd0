using ControlPlane.Web.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ControlPlane.Web.Api;

/// <summary>What the OpenAPI document says beside the endpoints themselves.</summary>
internal static class OpenApiDescription
{
    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "ControlPlane", Version = "v1", Description = "Releases machine learning models safely. Errors are problem details (RFC 9457)." };
            // The address is whichever the document was asked at; a snapshot must not hold a port.
            document.Servers = [];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [ApiKeyAuthentication.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The secret of an API key." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeyAuthentication.SchemeName, document)] = [] }];
            return Task.CompletedTask;
        });
    }
}
