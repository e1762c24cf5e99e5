using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moss.Artifacts;
using Moss.EventStore;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Configuration;
using Moss.ServiceDefaults.Health;
using Moss.ServiceDefaults.Problems;
using Moss.ServiceDefaults.Telemetry;

namespace Moss.ServiceDefaults.Hosting;

/// <summary>What all services do that are processes of their own.</summary>
public static class ServiceProcess
{
    /// <summary>Exit code of a process that cannot start with its settings.</summary>
    public const int WrongSettings = 2;

    private const long LargestRequest = 96 * 1024 * 1024;

    /// <summary>
    /// Runs a service until it is told to stop: settings from arguments and environment (see <see cref="ProcessSettings"/>,
    /// <c>--urls</c>), PostgreSQL, RabbitMQ, problem details, OpenAPI and health.
    /// </summary>
    /// <param name="args">Of the process.</param>
    /// <param name="add">Adds the service and what it alone needs.</param>
    /// <param name="map">Maps its endpoints.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Action<ServiceSite> add, Action<IEndpointRouteBuilder> map)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            var settings = ProcessSettings.Read(builder.Configuration);
            using var data = ProcessFolder.Take(settings.Data);
            builder.AddFoundation(settings);
            add(new ServiceSite(builder.Services, builder.Configuration, data));
            builder.Services.AddRabbitMqBus(settings.Bus);
            await using var app = builder.Build();
            app.UseMossProblems();
            app.MapOpenApi();
            app.MapMossHealth();
            map(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception wrong) when (wrong is SettingsException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"Moss cannot start:\n{wrong.Message}");
            return WrongSettings;
        }
        catch (DbException away)
        {
            await Console.Error.WriteLineAsync($"Moss cannot start: the database that Moss:Store names cannot be used ({away.Message}): start it, or correct Moss:Store");
            return WrongSettings;
        }
    }

    private static void AddFoundation(this WebApplicationBuilder builder, ProcessSettings settings)
    {
        builder.AddMossTelemetry();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestRequest);
        builder.Services.AddEventStore(store => store.Postgres = settings.Store);
        builder.Services.AddPostgresArtifacts(settings.Store);
        builder.Services.AddMossProblems();
        builder.Services.AddOpenApi();
        builder.Services.AddMossHealth();
        if (builder.Configuration.GetValue<bool>(StopWithParent.Setting))
        {
            builder.Services.AddHostedService<StopWithParent>();
        }
    }
}
