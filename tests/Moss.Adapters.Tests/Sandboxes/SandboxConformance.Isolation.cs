using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Processes;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

public abstract partial class SandboxConformance
{
    [Fact]
    public async Task The_environment_is_the_spec_s_and_four_defaults()
    {
        Environment.SetEnvironmentVariable("MOSS_TEST_HOST_SECRET", "secret");
        var spec = Shell("env");

        var names = (await OutputAsync(spec with { Environment = spec.Environment.Add("GIVEN", "a b\n=c") }))
            .Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('=')).Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);

        names.ShouldBe(["GIVEN", "HOME", "LANG", "MOSS_TEST_MARK", "PATH", "PWD", "TMPDIR"]);
    }

    [Fact]
    public async Task A_default_of_the_environment_can_be_replaced()
    {
        var spec = Shell("echo $PATH $HOME");

        (await OutputAsync(spec with { Environment = spec.Environment.Add("HOME", "/moss/home") })).ShouldBe("/usr/local/bin:/usr/bin:/bin /moss/home");
    }

    [Fact]
    public async Task Variables_that_steer_the_loader_reach_the_inside_alone()
    {
        var tree = HostFolder("tree");
        await File.WriteAllTextAsync(Path.Combine(tree, "evil.so"), "not a library");
        var spec = Shell("true", new SandboxMount.ReadOnly(tree, "/moss/source"));

        // Were it obeyed outside, the loader would complain about the host's path.
        var result = await ExitAsync(spec with { Environment = spec.Environment.Add("LD_PRELOAD", Path.Combine(tree, "evil.so")) });

        result.Code.ShouldBe(0);
        result.Error.ShouldNotContain("invalid ELF header");
    }

    [Fact]
    public async Task Nobody_special_runs_inside()
    {
        var status = await OutputAsync(Shell("id -u; id -G; hostname; grep -E '^(CapEff|CapPrm|CapBnd|NoNewPrivs)' /proc/self/status"));

        status.Split('\n').ShouldBe(
            ["1000", "1000", "trial", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1"]);
    }

    [Fact]
    public async Task No_descriptor_of_the_host_is_inherited()
    {
        // The fourth is the listing's own.
        (await OutputAsync(Python("import os; print(sorted(os.listdir('/proc/self/fd')))"))).ShouldBe("['0', '1', '2', '3']");
    }

    [Fact]
    public async Task A_listener_on_the_host_cannot_be_reached_and_names_cannot_be_asked_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var seen = await OutputAsync(Python($"""
            import socket
            try:
                socket.create_connection(('127.0.0.1', {port}), 2); print('connected')
            except OSError: print('refused')
            try:
                socket.getaddrinfo('example.com', 80); print('resolved')
            except OSError: print('unknown')
            """));

        seen.ShouldBe("refused\nunknown");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task Processes_of_the_host_cannot_be_seen_or_killed()
    {
        var processes = new DetachedProcesses(ProcessLauncher.Shared, TimeProvider.System);
        var started = await processes.StartAsync(new DetachedInvocation("/bin/sleep", ["1000"], "/", Folder.Combine("log")));
        var host = started.ShouldBeOfType<DetachedStart.Started>().Identity;
        try
        {
            var seen = await OutputAsync(Shell($"kill -9 {host.Pid}; cat /proc/[0-9]*/cmdline | tr '\\0' ' '"));

            seen.ShouldNotContain("sleep 1000");
            await ExitAsync(Shell("kill -9 -1"));
            ProcessTable.IsAlive(host).ShouldBeTrue();
        }
        finally
        {
            await processes.StopAsync(host, TimeSpan.Zero, CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_inside_cannot_make_mounts_or_namespaces_of_its_own()
    {
        var result = await ExitAsync(Shell("unshare -U true && echo namespace; unshare -m true && echo mounts; mount -t tmpfs x /tmp && echo mounted; true"));

        result.Output.ShouldBe("");
    }
}
