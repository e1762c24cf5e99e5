using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.ServiceDefaults.Telemetry;

namespace Moss.Services.Tests.Telemetry;

public sealed class TelemetryRegistrationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_is_collected_while_no_collector_is_named(string? endpoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[TelemetryRegistration.Endpoint] = endpoint;

        builder.AddMossTelemetry();

        builder.Services.ShouldNotContain(service => service.ServiceType == typeof(IHostedService));
        builder.Services.ShouldNotContain(service => service.ServiceType == typeof(ILoggerProvider));
    }

    [Fact]
    public void Traces_metrics_and_logs_are_sent_when_one_is()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[TelemetryRegistration.Endpoint] = "http://127.0.0.1:4317";

        builder.AddMossTelemetry();

        builder.Services.ShouldContain(service => service.ServiceType == typeof(IHostedService));
        builder.Services.ShouldContain(service => service.ServiceType == typeof(ILoggerProvider));
    }
}
