using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Moss.Standalone.Hosting;

/// <summary>Writes down where Moss listens, once it does; on the console too.</summary>
internal sealed class Announcement(IServer server, DataFolder data, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        File.Delete(data.Announcement);
        return Task.CompletedTask;
    }

    private void Announce()
    {
        var url = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var draft = data.Announcement + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new { url, processId = Environment.ProcessId }));
        File.Move(draft, data.Announcement, overwrite: true);
        Console.Out.WriteLine($"Moss listens on {url}; data and logs are in {data.Root}");
    }
}
