using Moss.Gateway.Access;
using Moss.Gateway.Health;
using Moss.Gateway.Keys;
using Moss.Gateway.Limits;
using Moss.Gateway.OpenApi;
using Moss.Gateway.Proxy;
using Moss.Gateway.Settings;
using Moss.ServiceDefaults.Problems;
using Yarp.ReverseProxy.Health;

namespace Moss.Gateway;

/// <summary>The door of the gateway: one address for all services, opened by keys.</summary>
internal static class GatewayService
{
    private static readonly PathString Api = "/api";

    public static void AddGateway(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Options);
        builder.Services.AddSingleton(new KeyRing(settings.Keys));
        builder.Services.AddMossProblems();
        builder.Services.AddRateLimits(settings.Options);
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ServiceDestinations>();
        builder.Services.AddSingleton<IActiveHealthCheckPolicy, ProbePolicy>();
        builder.Services.AddSingleton<ServiceDocuments>();
        if (settings.Keys.IsEmpty)
        {
            builder.Services.AddHostedService<OpenWarning>();
        }
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseMossProblems();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Api), api =>
        {
            api.UseMiddleware<Identification>();
            api.UseRateLimiter();
            api.UseMiddleware<Permission>();
            api.UseMiddleware<BodyLimit>();
        });
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(Failures.AnswerAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        app.MapServicesHealth();
        app.MapOneDocument();
        app.MapFallback(context => Refusals.NoSuchPath(context.Request).ExecuteAsync(context));
    }
}
