using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moss.Deployment;
using Moss.Deployment.Instances;

namespace Moss.Services.Tests.Deployment;

/// <summary>Where the settings come from and what is wrong with them.</summary>
public sealed class DeploymentOptionsTests
{
    [Theory]
    [InlineData("Engine", "podman", "neither process nor docker")]
    [InlineData("Socket", "docker.sock", "no absolute path")]
    [InlineData("Network", "a network", "no name of a network")]
    [InlineData("MetricHosts:0", "http://metrics:9090", "without http://")]
    [InlineData("MetricHosts:0", "", "no host:port")]
    [InlineData("MetricHosts:0", "metrics:0", "no host:port")]
    [InlineData("MetricHosts:0", "fd00::1", "no host:port")]
    public void A_wrong_setting_is_named_with_its_fix(string setting, string value, string message) =>
        Should.Throw<OptionsValidationException>(() => Read((setting, value))).Message.ShouldContain(message);

    [Fact]
    public void Settings_come_from_the_configuration_and_the_folder_from_whoever_composes_the_process()
    {
        var options = Read(("Engine", "docker"), ("Network", "moss-substrates"), ("EnginePatience", "00:00:30"), ("Folder", "/elsewhere"));

        (options.Engine, options.Network, options.EnginePatience, options.Folder).ShouldBe(("docker", "moss-substrates", TimeSpan.FromSeconds(30), "/data"));
    }

    [Fact]
    public void Servers_of_metrics_are_read_as_a_list() =>
        Read(("MetricHosts:0", "metrics:9090"), ("MetricHosts:1", "[fd00::1]")).MetricHosts.ShouldBe(["metrics:9090", "[fd00::1]"]);

    [Fact]
    public async Task Processes_are_run_unless_containers_are_asked_for()
    {
        await using var processes = Services();
        await using var containers = Services(("Engine", "docker"));

        processes.GetRequiredService<IInstanceHost>().ShouldBeOfType<ProcessInstanceHost>();
        processes.GetRequiredService<ILaunchSource>().RunsImages.ShouldBeFalse();
        containers.GetRequiredService<IInstanceHost>().ShouldBeOfType<InstanceHosts>();
        containers.GetRequiredService<ILaunchSource>().RunsImages.ShouldBeTrue();
    }

    private static DeploymentOptions Read(params (string Setting, string Value)[] settings)
    {
        using var services = Services(settings);
        return services.GetRequiredService<IOptions<DeploymentOptions>>().Value;
    }

    private static ServiceProvider Services(params (string Setting, string Value)[] settings)
    {
        var repository = new FakeRepository("/nowhere", "desk");
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Moss:Deployment:{setting.Setting}", setting.Value))).Build())
            .AddSingleton(TimeProvider.System)
            .AddSingleton<Workspaces.IWorkspaceReader>(repository)
            .AddSingleton<Substrates.ISubstrateDirectory>(repository)
            .AddLogging()
            .AddDeployment(options => options.Folder = "/data")
            .BuildServiceProvider();
    }
}
