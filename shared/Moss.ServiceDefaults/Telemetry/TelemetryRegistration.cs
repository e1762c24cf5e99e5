using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Moss.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs for OpenTelemetry.</summary>
public static class TelemetryRegistration
{
    /// <summary>The standard's variable that says where a collector is; without it nothing is collected at all.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = [EvolutionTrace.SourceName, "MassTransit", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Yarp.ReverseProxy"];

    private static readonly string[] Meters =
        ["Moss.*", "MassTransit", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Npgsql"];

    /// <summary>Sends them over OTLP when a collector is named; how, the standard's variables say (<c>OTEL_EXPORTER_OTLP_*</c>).</summary>
    public static void AddMossTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
        {
            return;
        }

        var resource = ResourceBuilder.CreateDefault().AddService(builder.Environment.ApplicationName, serviceInstanceId: Environment.MachineName);
        builder.Services.AddHostedService(_ => new Collection(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build()));
        builder.Logging.AddOpenTelemetry(logs => logs.SetResourceBuilder(resource).AddOtlpExporter());
    }

    /// <summary>Collects from the start of the process to its end; what is left is sent when it ends.</summary>
    private sealed class Collection(params IDisposable[] providers) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            foreach (var provider in providers)
            {
                provider.Dispose();
            }
        }
    }
}
