using System.Text;
using Moss.Deployment.Instances;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;
using Moss.Processes;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

/// <summary>What a probe makes of whatever may be on the other side.</summary>
public sealed class ProbeTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder folder = new();
    private readonly ProcessReach reach = new(new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System), new FakeClock(Now));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("200 OK", true, "answered 200")]
    [InlineData("204 No Content", true, "answered 204")]
    [InlineData("301 Moved Permanently", false, "answered 301")]
    [InlineData("404 Not Found", false, "answered 404")]
    [InlineData("500 Internal Server Error", false, "answered 500")]
    public async Task Http_asks_for_a_status_of_two_hundred_and_something(string status, bool passed, string detail)
    {
        var answer = status.StartsWith("204", StringComparison.Ordinal) ? "HTTP/1.1 204 No Content\r\n\r\n" : $"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok";
        await using var server = RawServer.Says(answer);

        var verdict = await ProbeAsync(new Probe.Http("/health"), server.Port);

        verdict.Passed.ShouldBe(passed);
        verdict.Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task Http_keeps_what_a_sick_one_says_on_one_line_and_without_its_secrets()
    {
        await using var server = RawServer.Says("HTTP/1.1 500 No\r\nContent-Length: 38\r\n\r\n\u001b[31mno database\u001b[0m\npassword=hunter2\n");

        (await ProbeAsync(new Probe.Http("/health"), server.Port)).Detail.ShouldBe("http /health answered 500: no database password=[secret]");
    }

    [Fact]
    public async Task Http_follows_no_redirect()
    {
        await using var elsewhere = RawServer.Status("200 OK");
        await using var server = RawServer.Status("302 Found", $"Location: http://127.0.0.1:{elsewhere.Port}/\r\n");

        (await ProbeAsync(new Probe.Http("/"), server.Port)).Passed.ShouldBeFalse();

        elsewhere.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Http_gives_up_on_a_server_that_says_nothing()
    {
        await using var server = new RawServer((_, token) => Task.Delay(Timeout.Infinite, token));

        var verdict = await ProbeAsync(new Probe.Http("/") { Timeout = TimeSpan.FromMilliseconds(100) }, server.Port);

        verdict.ShouldBe(new ProbeVerdict(false, "http / did not answer within 0.1 s"));
    }

    [Fact]
    public async Task Http_gives_up_on_an_answer_that_does_not_come_to_its_end()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        });

        (await ProbeAsync(new Probe.Http("/") { Timeout = TimeSpan.FromMilliseconds(100) }, server.Port)).Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task Http_reads_no_more_than_it_must_of_an_endless_answer()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(new byte[8192], token);
            }
        });

        var verdict = await ProbeAsync(new Probe.Http("/"), server.Port);

        verdict.ShouldBe(new ProbeVerdict(false, "http / answered more than 65536 bytes"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX: ")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    public async Task Http_gives_up_on_an_answer_that_goes_on_byte_by_byte(string beginning)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), token);
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (await beat.WaitForNextTickAsync(token))
            {
                await stream.WriteAsync("x"u8.ToArray(), token);
            }
        });

        var verdict = await ProbeAsync(new Probe.Http("/") { Timeout = TimeSpan.FromMilliseconds(200) }, server.Port);

        verdict.ShouldBe(new ProbeVerdict(false, "http / did not answer within 0.2 s"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no http\r\n\r\n")]
    public async Task Http_fails_on_what_is_no_http(string answer)
    {
        await using var server = RawServer.Says(answer);

        (await ProbeAsync(new Probe.Http("/"), server.Port)).Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task Http_fails_on_endless_headers()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X: {new string('x', 4000)}\r\n"), token);
            }
        });

        (await ProbeAsync(new Probe.Http("/"), server.Port)).Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_on_the_port_is_a_failure_that_says_so()
    {
        var port = FreePorts.Take();

        (await ProbeAsync(new Probe.Http("/"), port)).Detail.ShouldContain("refused");
        (await ProbeAsync(new Probe.Tcp(), port)).Detail.ShouldContain("refused");
    }

    [Fact]
    public async Task Tcp_asks_for_a_connection_alone()
    {
        await using var server = RawServer.Says("");

        (await ProbeAsync(new Probe.Tcp(), server.Port)).Passed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("exit 0", true, "exited with 0")]
    [InlineData("echo not ready >&2; exit 4", false, "exited with 4: not ready")]
    [InlineData("test -f here.txt && test \"$MOSS_PORT\" = 7 && test -d \"$MOSS_STATE\" && test -z \"$MOSS_INSTANCE\"", true, "exited with 0")]
    public async Task Exec_runs_in_the_tree_with_the_environment_but_not_as_a_part_of_the_instance(string script, bool passed, string detail)
    {
        folder.Write("tree/here.txt", "");

        var verdict = await ProbeAsync(new Probe.Exec(["/bin/sh", "-c", script]), 7);

        verdict.Passed.ShouldBe(passed, verdict.Detail);
        verdict.Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task Exec_that_hangs_is_stopped()
    {
        var verdict = await ProbeAsync(new Probe.Exec(["/bin/sleep", "1000"]) { Timeout = TimeSpan.FromMilliseconds(100) }, 0);

        verdict.ShouldBe(new ProbeVerdict(false, "exec /bin/sleep did not end within 0.1 s"));
    }

    [Fact]
    public async Task Exec_of_what_is_not_there_says_so() =>
        (await ProbeAsync(new Probe.Exec(["./no-such-file"]), 0)).Detail.ShouldContain("could not be started");

    [Theory]
    [InlineData(-1, -60, true, "1.0 s old")]
    [InlineData(-11, -60, false, "11.0 s old")]
    [InlineData(60, -60, false, "60.0 s old")]
    [InlineData(-1, -0.5, false, "not written since the start")]
    public async Task A_heartbeat_is_young_and_of_this_instance(double written, double started, bool passed, string detail)
    {
        var file = folder.Write("state/beat", "");
        File.SetLastWriteTimeUtc(file, Now.AddSeconds(written).UtcDateTime);

        var verdict = await HeartbeatAsync("beat", Now.AddSeconds(started));

        verdict.Passed.ShouldBe(passed);
        verdict.Detail.ShouldContain(detail);
    }

    [Theory]
    [InlineData("missing", "is not there")]
    [InlineData("../tree/secret", "outside the state folder")]
    [InlineData("/etc/hostname", "outside the state folder")]
    [InlineData("link", "is not there")]
    public async Task A_heartbeat_is_a_file_below_the_state_folder(string file, string detail)
    {
        folder.Write("tree/secret", "");
        folder.Write("state/other", "");
        File.CreateSymbolicLink(folder.Combine("state", "link"), folder.Combine("tree", "secret"));

        var verdict = await HeartbeatAsync(file, Now.AddSeconds(-60));

        verdict.Passed.ShouldBeFalse();
        verdict.Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task Every_probe_must_pass_and_each_is_told()
    {
        await using var server = RawServer.Says("");

        var verdict = await ProbeAsync(server.Port, new Probe.Tcp(), new Probe.Exec(["/bin/false"]));

        verdict.Passed.ShouldBeFalse();
        verdict.Detail.ShouldContain($"tcp {server.Port} accepted; exec /bin/false exited with 1");
    }

    [Fact]
    public async Task Without_probes_a_living_process_is_enough() => (await ProbeAsync(0)).Passed.ShouldBeTrue();

    private Task<ProbeVerdict> HeartbeatAsync(string file, DateTimeOffset since) =>
        reach.HeartbeatAsync(new Probe.Heartbeat(file, TimeSpan.FromSeconds(10)), Launch(0), since, default);

    private Task<ProbeVerdict> ProbeAsync(Probe probe, int port) => ProbeAsync(port, probe);

    private async Task<ProbeVerdict> ProbeAsync(int port, params Probe[] probes)
    {
        Directory.CreateDirectory(folder.Combine("tree"));
        Directory.CreateDirectory(folder.Combine("state"));
        using var http = new HttpProbe();
        return await new InstanceProber(http, reach, new OwnProcess(), TimeProvider.System).ProbeAsync(Launch(port, probes), ProbeKind.Readiness, Now.AddHours(-1), default);
    }

    private InstanceLaunch Launch(int port, params Probe[] probes) => new(
        "desk", new Instance("i", new DeployedVersion("c", "t", "c"), port), new DeployStep(["true"]) { Probes = [.. probes] },
        folder.Combine("tree"), folder.Combine("state"), folder.Combine("log"));
}
