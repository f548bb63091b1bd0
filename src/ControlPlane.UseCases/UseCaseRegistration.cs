using System.Reflection;
using ControlPlane.UseCases.Audit;
using ControlPlane.UseCases.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace ControlPlane.UseCases;

/// <summary>Finds every handler and validator of this floor. The ports, the database, Identity's user manager, the clock and the settings records are the host's to add.</summary>
public static class UseCaseRegistration
{
    private static readonly Type[] Found = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator<>)];

    public static IServiceCollection Add(IServiceCollection services)
    {
        var types = typeof(UseCaseRegistration).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false });
        foreach (var type in types)
        {
            foreach (var contract in type.GetInterfaces().Where(contract => contract.IsGenericType && Found.Contains(contract.GetGenericTypeDefinition())))
                services.AddScoped(contract, type);
            if (type.GetCustomAttribute<UseCasePartAttribute>() is null) continue;
            services.AddScoped(type);
            foreach (var port in type.GetInterfaces()) services.AddScoped(port, provider => provider.GetRequiredService(type));
        }

        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(PermissionBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped<IAuditTrail, AuditTrail>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        return services.AddScoped<IMediator, Mediator>();
    }
}
