using System.Net;
using System.Net.Sockets;
using Moss.Deployment.Instances;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

public sealed class PortTableTests
{
    [Fact]
    public void A_free_port_is_held_by_nobody() => PortTable.HeldByOther(FreePorts.Take(), []).ShouldBeNull();

    [Fact]
    public void No_port_is_held_by_nobody() => PortTable.HeldByOther(0, []).ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    public void A_listener_is_found_by_name_and_pid(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        PortTable.HeldByOther(port, [])!.ShouldContain($"(pid {Environment.ProcessId})");
        PortTable.HeldByOther(port, [Environment.ProcessId]).ShouldBeNull();
    }
}
