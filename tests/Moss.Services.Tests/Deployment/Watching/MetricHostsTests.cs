using Microsoft.Extensions.Options;
using Moss.Deployment;
using Moss.Deployment.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>Whoever operates Moss says from where a watch may read.</summary>
public sealed class MetricHostsTests
{
    [Theory]
    [InlineData("http://localhost:9090")]
    [InlineData("http://LOCALHOST")]
    [InlineData("http://127.0.0.1:9090/base")]
    [InlineData("http://127.8.9.1")]
    [InlineData("http://[::1]:9090")]
    public void Without_a_list_this_machine_may_be_read(string url) => Hosts().WhyNot(url).ShouldBeNull();

    [Theory]
    [InlineData("http://metrics:9090", "metrics:9090")]
    [InlineData("http://169.254.169.254/latest", "169.254.169.254:80")]
    [InlineData("http://10.0.0.1", "10.0.0.1:80")]
    [InlineData("http://localhost.example.com", "localhost.example.com:80")]
    [InlineData("http://[fd00::1]:9090", "[fd00::1]:9090")]
    [InlineData("http://0.0.0.0:9090", "0.0.0.0:9090")]
    public void Without_a_list_nothing_else_may_and_the_refusal_names_the_setting(string url, string place) => Hosts().WhyNot(url)
        .ShouldBe($"this Moss reads no metrics from {place}; whoever operates it allows that with {place} in Moss:Deployment:MetricHosts");

    [Theory]
    [InlineData("metrics:9090", "http://metrics:9090/base", true)]
    [InlineData("metrics:9090", "http://METRICS:9090", true)]
    [InlineData("metrics:9090", "http://metrics:9091", false)]
    [InlineData("metrics:9090", "http://metrics", false)]
    [InlineData("metrics:80", "http://metrics", true)]
    [InlineData("metrics", "http://metrics:1234", true)]
    [InlineData("metrics", "http://metrics.example.com", false)]
    [InlineData("metrics", "http://other", false)]
    [InlineData("[fd00::1]", "http://[fd00::1]:9090", true)]
    [InlineData("metrics", "http://127.0.0.1:9090", false)]
    public void A_list_allows_what_it_names_and_nothing_else(string entry, string url, bool allowed) => (Hosts(entry).WhyNot(url) is null).ShouldBe(allowed);

    [Fact]
    public void A_declaration_is_told_by_the_first_field_that_may_not_be_read() =>
        Hosts("metrics").WhyNot(new WatchDeclaration { Metrics = [Metric("http://metrics"), Metric("http://vault:8200")] })
            .ShouldNotBeNull().ShouldStartWith("deploy.watch.metrics[1].url: this Moss reads no metrics from vault:8200");

    [Fact]
    public void Where_nothing_is_watched_or_nothing_read_there_is_nothing_to_refuse() =>
        (Hosts().WhyNot((WatchDeclaration?)null), Hosts().WhyNot(new WatchDeclaration())).ShouldBe((null, null));

    internal static MetricHosts Hosts(params string[] allowed) => new(Options.Create(new DeploymentOptions { MetricHosts = allowed }));

    private static WatchedMetric Metric(string url) => new("tasks", url, "failed", "all");
}
