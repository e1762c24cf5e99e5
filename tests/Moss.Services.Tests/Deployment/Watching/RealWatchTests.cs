using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moss.Contracts.Deployment;
using Moss.Deployment.Watching;
using Moss.Domain.Watching;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A real server in real processes, watched by the worker itself over a server that answers as Prometheus does.</summary>
public sealed class RealWatchTests : IAsyncLifetime
{
    private readonly World world = World.Real();
    private readonly WebApplication metrics;
    private int failed;
    private int all = 1000;

    public RealWatchTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        metrics = builder.Build();
        metrics.MapGet("/api/v1/query", (string query) => Results.Text(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"{{{(query == "failed" ? failed : all)}}}"]}]}}""")));
    }

    public async Task InitializeAsync()
    {
        await metrics.StartAsync();
        world.MetricSource = new PrometheusSource(MetricHostsTests.Hosts(), TimeProvider.System);
        Watched.Declare(world, new WatchDeclaration
        {
            Interval = TimeSpan.FromMilliseconds(100),
            Metrics = [new WatchedMetric("tasks", metrics.Urls.Single(), "failed", "all")],
        });
        await world.ServingAsync();
    }

    public async Task DisposeAsync()
    {
        await metrics.DisposeAsync();
        ((PrometheusSource)world.MetricSource!).Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Tasks_that_fail_bring_the_version_before_back_on_the_same_state()
    {
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));
        using var worker = moss.Worker;
        await worker.StartAsync(default);
        await Eventually.HoldsAsync(async () => (await world.DeploymentAsync()).Watch is { Watched.Ticks: > 0 });
        (await world.AskAsync()).ShouldBe("better");

        (failed, all) = (8, 1012);
        await Eventually.HoldsAsync(async () => (await world.DeploymentAsync()).Rollback is { Done: true });
        await worker.StopAsync(default);

        (await world.AskAsync()).ShouldBe("healthy");
        world.Starts().ShouldBe(["healthy", "better", "healthy"]);
        (await world.DeploymentAsync()).Watch!.Outcome.ShouldBe(WatchOutcome.RolledBack);
    }

    [Fact]
    public async Task A_version_that_dies_later_brings_the_version_before_back()
    {
        await using var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));
        using var worker = moss.Worker;
        await worker.StartAsync(default);
        await Eventually.HoldsAsync(async () => (await world.DeploymentAsync()).Watch is { Watched.Ticks: > 0 });

        foreach (var process in Processes.ProcessTable.StartedWith("MOSS_STATE", world.State))
        {
            System.Diagnostics.Process.GetProcessById(process.Pid).Kill();
        }

        await Eventually.HoldsAsync(async () => (await world.DeploymentAsync()).Rollback is { Done: true });
        await worker.StopAsync(default);

        (await world.AskAsync()).ShouldBe("healthy");
        (await world.DeploymentAsync()).Rollback!.Decided.Reason.ShouldStartWith("its process ended; it printed last: starting better");
    }
}
