using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Moss.ServiceDefaults.Configuration;

/// <summary>Options that are checked when the process starts, and injected as themselves.</summary>
public static class OptionsRegistration
{
    /// <summary>Binds a section to <typeparamref name="TOptions"/>; values outside their range stop the start with the field named.</summary>
    public static IServiceCollection AddOptionsOf<TOptions>(this IServiceCollection services, string section)
        where TOptions : class, new()
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        return services;
    }
}
