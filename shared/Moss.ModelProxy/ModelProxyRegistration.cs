using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Moss.ModelProxy.Calls;
using Moss.ModelProxy.Pricing;
using Moss.ModelProxy.Serving;
using Moss.ModelProxy.Upstreams;

namespace Moss.ModelProxy;

/// <summary>The door of this module.</summary>
public static class ModelProxyRegistration
{
    private const string Prices = "Moss:ModelPrices";

    /// <summary>Adds <see cref="IModelProxy"/>; may be called more than once.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">All settings; <c>Moss:Models</c> and <c>Moss:ModelPrices</c> count.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; all of them are told at once.</exception>
    public static IServiceCollection AddModelProxy(this IServiceCollection services, IConfiguration configuration)
    {
        var (upstreams, prices) = (UpstreamSettings.ReadAll(configuration), PriceFile(configuration[Prices]));
        services.AddHttpForwarder();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Forwarding>();
        services.TryAddSingleton<IModelProxy>(provider => new ModelProxies(
            upstreams, prices, provider.GetRequiredService<Forwarding>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ModelProxies>>()));
        return services;
    }

    private static PriceList PriceFile(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return PriceList.Shipped;
        }

        try
        {
            return PriceList.Shipped.With(File.ReadAllText(path));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new InvalidOperationException($"{Prices} names '{path}', which is no price list: {wrong.Message}", wrong);
        }
    }
}
