using System.Net;
using System.Net.Sockets;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

public sealed class ComposeTests : IDisposable
{
    private readonly FakeDocker docker = new();
    private readonly Dictionary<string, string> port = new() { ["MOSS_PORT"] = FreePorts.Take().ToString(null, null) };

    public void Dispose() => docker.Dispose();

    [Fact]
    public async Task Up_builds_starts_waits_and_says_where_Moss_answers()
    {
        var ran = await docker.RunAsync(port, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Output.ShouldContain($"Moss answers at http://127.0.0.1:{port["MOSS_PORT"]} (2 containers, all healthy)");
        var compose = docker.Asked.Where(call => call.StartsWith("docker-compose ", StringComparison.Ordinal) && !call.Contains("version", StringComparison.Ordinal)).ToList();
        compose.Select(call => call.Split(' ')[1]).ShouldBe(["build", "up"]);
        compose.ShouldAllBe(call => call.Contains($"port={port["MOSS_PORT"]}"));
    }

    [Fact]
    public async Task The_second_Compose_is_preferred_where_it_is()
    {
        docker.Answer("docker compose version", "v2");

        (await docker.RunAsync(port, "up", "--compose", "--scale", "trials=4")).Code.ShouldBe(ExitCodes.Done);

        docker.Asked.ShouldContain(call => call.StartsWith("docker compose up -d --remove-orphans --scale trials=4", StringComparison.Ordinal));
        docker.Asked.ShouldNotContain(call => call.StartsWith("docker-compose", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("trials=1", "bb cc")]
    [InlineData("trials=2", "cc")]
    [InlineData("trials=3", null)]
    public async Task Containers_that_are_too_many_are_removed_with_what_they_stored(string scale, string? surplus)
    {
        docker.Answer("docker ps --all --no-trunc", "aa|trials|1\\nbb|trials|2\\ncc|trials|3\\ndd|gateway|1");

        (await docker.RunAsync(port, "up", "--compose", "--scale", scale)).Code.ShouldBe(ExitCodes.Done);

        var removals = docker.Asked.Where(call => call.StartsWith("docker stop", StringComparison.Ordinal) || call.StartsWith("docker rm", StringComparison.Ordinal))
            .Select(call => call[..call.IndexOf(" port=", StringComparison.Ordinal)]);
        removals.ShouldBe(surplus is null ? [] : [$"docker stop {surplus}", $"docker rm --force --volumes {surplus}"]);
    }

    [Fact]
    public async Task As_json_it_is_one_document()
    {
        var ran = await docker.RunAsync(port, "up", "--compose", "--json");

        ran.Json.GetProperty("url").GetString().ShouldBe($"http://127.0.0.1:{port["MOSS_PORT"]}");
        ran.Json.GetProperty("containers").EnumerateArray().Select(name => name.GetString()).ShouldBe(["gateway", "trials"]);
        Directory.Exists(ran.Json.GetProperty("substrates").GetString()).ShouldBeTrue();
    }

    [Fact]
    public async Task Passwords_are_chosen_once_and_can_be_read_by_their_owner_alone()
    {
        await docker.RunAsync(port, "up", "--compose");
        var first = Password();
        await docker.RunAsync(port, "up", "--compose");

        first.Length.ShouldBe("MOSS_POSTGRES_PASSWORD=".Length + 32);
        Password().ShouldBe(first);
        File.GetUnixFileMode(docker.Settings).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        string Password() => File.ReadAllLines(docker.Settings).Single(row => row.StartsWith("MOSS_POSTGRES_PASSWORD=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_an_image_cannot_be_pulled_stand_ins_are_made_and_used()
    {
        docker.Refuse("docker image inspect rabbitmq");
        docker.Refuse("docker pull --quiet rabbitmq");

        var ran = await docker.RunAsync(port, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        docker.Asked.Count(call => call == "made").ShouldBe(1);
        docker.Asked.ShouldContain(call => call.StartsWith("docker-compose build", StringComparison.Ordinal) && call.EndsWith("sdk=stand-in:local", StringComparison.Ordinal));
        File.ReadAllText(docker.Settings).ShouldContain("MOSS_PYTHON_IMAGE=python:local");
    }

    [Fact]
    public async Task Nothing_is_made_where_the_images_are_there()
    {
        await docker.RunAsync(port, "up", "--compose");

        docker.Asked.ShouldNotContain("made");
        docker.Asked.ShouldNotContain(call => call.StartsWith("docker pull", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_docker_it_says_what_to_install()
    {
        using var empty = new TemporaryFolder();

        var ran = await docker.RunAsync(new Dictionary<string, string> { ["PATH"] = empty.Path }, "up", "--compose", "--json");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Json.GetProperty("error").GetProperty("fix").GetString().ShouldNotBeNull().ShouldContain("apt-get install docker.io");
    }

    [Fact]
    public async Task Without_a_daemon_it_says_how_one_is_started()
    {
        docker.Refuse("docker version", "Cannot connect to the Docker daemon");

        var ran = await docker.RunAsync(port, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("The Docker daemon does not answer");
        ran.Error.ShouldContain("systemctl start docker");
    }

    [Fact]
    public async Task A_port_that_something_else_has_is_told_before_anything_is_built()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port.ToString(null, null);

        var ran = await docker.RunAsync(new Dictionary<string, string> { ["MOSS_PORT"] = taken }, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain($"Port {taken} is taken");
        ran.Error.ShouldContain("MOSS_PORT=");
        docker.Asked.ShouldNotContain(call => call.StartsWith("docker-compose build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_port_of_a_Moss_that_is_up_already_is_its_own()
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        docker.Answer("docker ps --quiet", "0123456789ab");

        var ran = await docker.RunAsync(new Dictionary<string, string> { ["MOSS_PORT"] = ((IPEndPoint)gateway.LocalEndpoint).Port.ToString(null, null) }, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
    }

    [Fact]
    public async Task A_daemon_of_another_machine_is_refused()
    {
        var ran = await docker.RunAsync(new Dictionary<string, string>(port) { ["DOCKER_HOST"] = "tcp://elsewhere:2375" }, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("tcp://elsewhere:2375");
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_end()
    {
        docker.Refuse("docker-compose build", "error CS1002: ; expected");

        var ran = await docker.RunAsync(port, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("error CS1002");
        ran.Error.ShouldContain("compose-build.log");
    }

    [Fact]
    public async Task A_start_that_fails_names_what_is_not_healthy()
    {
        docker.Refuse("docker-compose up", "for planning  Container is unhealthy");
        docker.Answer("docker ps --all --filter", "gateway|Up 5 seconds (healthy)\\nplanning|Restarting (2) 3 seconds ago");
        docker.Answer("docker-compose logs", "Moss:Store is not set");

        var ran = await docker.RunAsync(port, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("planning: Restarting (2)");
        ran.Error.ShouldContain("Moss:Store is not set");
        ran.Error.ShouldNotContain("gateway:");
    }

    [Theory]
    [InlineData("trials")]
    [InlineData("trials=0")]
    [InlineData("trials=many")]
    [InlineData("gateway=2")]
    [InlineData("deployment=2")]
    [InlineData("postgres=2")]
    public async Task Only_what_can_be_there_several_times_is_scaled(string scale)
    {
        var ran = await docker.RunAsync(port, "up", "--compose", "--scale", scale);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("--scale");
        docker.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    public async Task What_is_no_port_is_refused(string text)
    {
        var ran = await docker.RunAsync(new Dictionary<string, string> { ["MOSS_PORT"] = text }, "up", "--compose");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("MOSS_PORT");
    }

    [Fact]
    public async Task One_process_cannot_be_scaled()
    {
        var ran = await docker.RunAsync("up", "--scale", "trials=2");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("add --compose");
    }

    [Fact]
    public async Task Down_stops_Moss_first_and_then_removes_what_it_left()
    {
        docker.Answer("docker ps --all --quiet --filter label=moss.owner", "aaaa\\nbbbb");
        docker.Answer("docker volume ls", "moss-desk-state");
        await docker.RunAsync(port, "up", "--compose");

        var ran = await docker.RunAsync("down", "--compose");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        var calls = docker.Asked.SkipWhile(call => !call.StartsWith("docker-compose stop", StringComparison.Ordinal)).Select(call => call.Split(" port=")[0])
            .Where(call => !call.Contains(" ls ", StringComparison.Ordinal) && !call.Contains(" ps ", StringComparison.Ordinal));
        calls.ShouldBe(
        [
            "docker-compose stop", "docker rm --force --volumes aaaa bbbb", "docker-compose down --volumes --remove-orphans", "docker volume rm --force moss-desk-state",
        ]);
        File.Exists(docker.Settings).ShouldBeFalse();
    }

    [Fact]
    public async Task Down_that_leaves_something_says_so_and_keeps_what_it_knows()
    {
        await docker.RunAsync(port, "up", "--compose");
        docker.Refuse("docker-compose down", "network has active endpoints");

        var ran = await docker.RunAsync("down", "--compose");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("active endpoints");
        File.Exists(docker.Settings).ShouldBeTrue();
    }

    [Fact]
    public async Task Down_is_for_containers()
    {
        var ran = await docker.RunAsync("down");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("Ctrl+C");
    }

    [Fact]
    public async Task The_demo_wants_to_know_which_folder_the_target_sees()
    {
        var ran = await docker.RunAsync("demo", "--yes", "--target", "http://127.0.0.1:1");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("MOSS_SUBSTRATES");
    }

    [Theory]
    [InlineData("--target", "here")]
    [InlineData("--target", "ftp://here")]
    [InlineData("--engine", "docker")]
    public async Task The_demo_refuses_a_target_that_is_none(string option, string value)
    {
        var ran = await docker.RunAsync("demo", "--yes", option, value);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain(option);
    }
}
