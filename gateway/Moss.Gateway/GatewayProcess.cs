using Microsoft.Extensions.Configuration.Json;
using Moss.Gateway.Settings;
using Moss.ServiceDefaults.Configuration;
using Moss.ServiceDefaults.Hosting;
using Moss.ServiceDefaults.Telemetry;

namespace Moss.Gateway;

/// <summary>The gateway as a process. It needs neither broker nor database, and keeps nothing.</summary>
internal static class GatewayProcess
{
    private static readonly TimeSpan LeaveStreamsAfter = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var gateway = Build(args);
            await gateway.RunAsync();
            return 0;
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync($"Moss cannot start:\n{wrong.Message}");
            return ServiceProcess.WrongSettings;
        }
    }

    /// <exception cref="SettingsException">It cannot run with these settings.</exception>
    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, Routes());
        builder.AddMossTelemetry();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LeaveStreamsAfter);
        if (builder.Configuration.GetValue<bool>(StopWithParent.Setting))
        {
            builder.Services.AddHostedService<StopWithParent>();
        }

        builder.AddGateway(GatewaySettings.Read(builder.Configuration));
        var app = builder.Build();
        app.MapGateway();
        return app;
    }

    /// <summary>Everything else that configures the gateway comes later, and so may say otherwise.</summary>
    private static JsonConfigurationSource Routes()
    {
        var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "routes.json") };
        source.ResolveFileProvider();
        return source;
    }
}
