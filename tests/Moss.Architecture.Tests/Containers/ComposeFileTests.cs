using System.Text.RegularExpressions;
using Moss.Testing;

namespace Moss.Architecture.Tests.Containers;

/// <summary>What docker-compose.yml promises, for every service that is ever added to it.</summary>
public sealed partial class ComposeFileTests
{
    private const string Socket = "/var/run/docker.sock";

    public static TheoryData<string> Everything => [.. ComposeFile.Services.Keys];

    public static TheoryData<string> Ours => [.. ComposeFile.Ours];

    [Fact]
    public void There_are_the_six_services_the_gateway_and_the_two_servers() =>
        ComposeFile.Services.Keys.ShouldBe([.. ComposeFile.Ours, "postgres", "rabbitmq"], ignoreOrder: true);

    [Fact]
    public void Nothing_but_the_gateway_publishes_a_port_and_that_on_the_loopback_device_alone()
    {
        ComposeFile.Services.Values.Where(service => service.List("ports").Count > 0).Select(service => service.Name).ShouldBe(["gateway"]);
        ComposeFile.Services["gateway"].List("ports").ShouldBe(["127.0.0.1:${MOSS_PORT:-8080}:8080"]);
        ComposeFile.Services.Values.ShouldAllBe(service => service.Text("network_mode") == null);
    }

    [Fact]
    public void Only_trials_and_deployment_see_the_socket_of_the_engine()
    {
        var seeing = ComposeFile.Services.Values.Where(service => service.List("volumes").Any(volume => volume.EndsWith(Socket, StringComparison.Ordinal)));

        seeing.Select(service => service.Name).ShouldBe(["deployment", "trials"], ignoreOrder: true);
        ComposeFile.Services.Values.Where(service => service.List("group_add").Count > 0).Select(service => service.Name).ShouldBe(["deployment", "trials"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Everything_says_how_it_is_and_comes_back_by_itself(string name)
    {
        var service = ComposeFile.Services[name];

        service.Names("healthcheck").ShouldBe(["test", "interval", "timeout", "retries", "start_period"], ignoreOrder: true);
        // After the daemon was killed 'unless-stopped' does not.
        service.Text("restart").ShouldBe("always");
        service.Names("logging").ShouldContain("options", "the log of a container has no limit of its own");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Everything_has_a_root_that_cannot_be_written_and_no_way_to_more_rights(string name)
    {
        var service = ComposeFile.Services[name];

        service.Text("read_only").ShouldBe("true");
        service.List("cap_drop").ShouldBe(["ALL"]);
        service.List("security_opt").ShouldContain("no-new-privileges:true");
        service.Text("privileged").ShouldBeNull();
        service.Text("pids_limit").ShouldNotBeNull();
    }

    [Fact]
    public void Only_who_runs_coding_agents_is_given_what_their_jail_takes()
    {
        string[] jailers = ["implementation", "planning"];

        ComposeFile.Services.Values.Where(service => service.List("cap_add").Count > 0).Select(service => service.Name).ShouldBe(jailers, ignoreOrder: true);
        ComposeFile.Services.Values.Where(service => service.Text("user") == "0:0").Select(service => service.Name).ShouldBe(jailers, ignoreOrder: true);
        foreach (var jailer in jailers.Select(name => ComposeFile.Services[name]))
        {
            jailer.List("cap_add").ShouldBe(["SYS_ADMIN", "SETUID", "SETGID", "SETPCAP"]);
            var profile = jailer.List("security_opt").Single(option => option.StartsWith("seccomp:", StringComparison.Ordinal));
            File.Exists(Path.Combine(SourceTree.Root, profile["seccomp:".Length..])).ShouldBeTrue(profile);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Nothing_is_named_so_that_there_could_be_but_one(string name)
    {
        ComposeFile.Services[name].Text("container_name").ShouldBeNull();
        if (name != "rabbitmq")
        {
            ComposeFile.Services[name].Text("hostname").ShouldBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public void What_can_be_scaled_has_a_data_folder_of_each_container_alone(string name)
    {
        var volumes = ComposeFile.Services[name].List("volumes");

        (name switch
        {
            // It keeps nothing, and its port makes it the only one.
            "gateway" => volumes.Count == 0,
            // What serves outlives its container.
            "deployment" => volumes.Contains("deployment:/var/lib/moss"),
            _ => volumes.Contains("/var/lib/moss"),
        }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ingestion")]
    [InlineData("planning")]
    [InlineData("implementation")]
    [InlineData("trials")]
    [InlineData("deployment")]
    public void Who_reads_repositories_sees_the_folder_of_the_substrates_where_the_machine_has_it(string name)
    {
        var folder = ComposeFile.Services[name].List("volumes").Single(volume => volume.Contains("MOSS_SUBSTRATES", StringComparison.Ordinal));

        folder.ShouldMatch(@"^(\$\{MOSS_SUBSTRATES:-/[^}]+\}):\1$");
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public void A_service_starts_when_what_it_needs_is_healthy(string name)
    {
        var needs = ComposeFile.Services[name].Keys["depends_on"];

        var needed = ComposeFile.Map(needs).ToDictionary(entry => (string)entry.Key, entry => (string)ComposeFile.Map(entry.Value)["condition"]!, StringComparer.Ordinal);
        needed.Values.ShouldAllBe(condition => condition == "service_healthy");
        needed.Keys.ShouldBe(name == "gateway" ? [.. ComposeFile.Ours.Where(service => service != "gateway")] : ["rabbitmq", "postgres"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public void The_servers_can_be_reached_by_the_services_alone_and_keep_their_data(string name)
    {
        ComposeFile.Services[name].List("networks").ShouldBe(["inside"]);
        ComposeFile.Services[name].List("volumes").ShouldContain(volume => volume.StartsWith(name + ":/var/lib/", StringComparison.Ordinal));
        ComposeFile.Map(ComposeFile.Networks["inside"])["internal"].ShouldBe("true");
        ComposeFile.Volumes.Keys.ShouldBe(["rabbitmq", "postgres", "deployment"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Images_are_pinned_and_can_be_chosen_otherwise(string name)
    {
        var image = ComposeFile.Services[name].Text("image").ShouldNotBeNull();

        if (ComposeFile.Ours.Contains(name))
        {
            image.ShouldBe($"moss/{name}:${{MOSS_VERSION:-local}}");
            ComposeFile.Map(ComposeFile.Map(ComposeFile.Services[name].Keys["build"])["args"])["SERVICE"].ShouldBe(char.ToUpperInvariant(name[0]) + name[1..]);
        }
        else
        {
            var pinned = Overridable().Match(image);
            pinned.Success.ShouldBeTrue(image);
            pinned.Groups["tag"].Value.ShouldMatch(@"^\d+\.\d+");
            File.ReadAllText(Path.Combine(SourceTree.Root, "cli/Moss.Cli/Compose/BaseImages.cs")).ShouldContain($"(\"{pinned.Groups["variable"].Value}\", \"{pinned.Groups["image"].Value}\")");
        }
    }

    [Fact]
    public void The_file_names_no_version_because_the_second_compose_warns_of_it() => ComposeFile.HasVersion.ShouldBeFalse();

    [Fact]
    public void The_broker_waits_longer_for_an_answer_than_any_stage_may_take()
    {
        var conf = File.ReadAllText(Path.Combine(SourceTree.Root, "containers/rabbitmq.conf"));
        var options = File.ReadAllText(Path.Combine(SourceTree.Root, "services/Moss.Orchestrator/OrchestratorOptions.cs"));

        var patience = TimeSpan.FromMilliseconds(long.Parse(ConsumerTimeout().Match(conf).Groups["milliseconds"].Value, null));
        patience.ShouldBeGreaterThan(TimeSpan.FromHours(int.Parse(StageTimeout().Match(options).Groups["hours"].Value, null)));
    }

    [GeneratedRegex(@"^\$\{(?<variable>MOSS_\w+):-(?<image>[^:}]+:(?<tag>[^}]+))\}$")]
    private static partial Regex Overridable();

    [GeneratedRegex(@"^consumer_timeout = (?<milliseconds>\d+)$", RegexOptions.Multiline)]
    private static partial Regex ConsumerTimeout();

    [GeneratedRegex(@"StageTimeout \{ get; set; \} = TimeSpan\.FromHours\((?<hours>\d+)\)")]
    private static partial Regex StageTimeout();
}
