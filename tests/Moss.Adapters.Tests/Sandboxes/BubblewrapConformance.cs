using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>What the process engine owes besides: it shows the machine's own system, and can lend its network.</summary>
public abstract class BubblewrapConformance : SandboxConformance
{
    [Fact]
    public async Task With_the_host_s_network_a_listener_on_the_host_can_be_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var spec = Python($"import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('connected')");
        (await OutputAsync(spec with { Network = SandboxNetwork.Host })).ShouldBe("connected");
    }

    [Fact]
    public async Task Of_the_machine_s_own_tree_only_programs_are_shown()
    {
        var seen = (await OutputAsync(Shell("ls -A /"))).Split('\n');

        foreach (var hidden in (string[])["boot", "opt", "run", "srv", "sys", "var"])
        {
            seen.ShouldNotContain(hidden);
        }
    }
}
