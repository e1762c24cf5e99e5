using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.SwapChecks.Subjects;

namespace Moss.SwapChecks.Measuring;

/// <summary>A person's container of a service, with its own volume.</summary>
internal sealed class Subject(EngineClient engine, SwapService service, string network) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public string Name { get; } = $"{service.Name}-{Guid.NewGuid():n}"[..20];

    /// <summary>Starts it with a state in its volume, and returns its id.</summary>
    public async Task<string> StartAsync(string image, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["Image"] = image,
            ["Hostname"] = service.Name,
            ["HostConfig"] = new JsonObject
            {
                ["Binds"] = new JsonArray($"{Name}-state:{service.State}"),
                ["NetworkMode"] = network,
                ["NanoCpus"] = 1_000_000_000,
                ["RestartPolicy"] = JsonNode.Parse("""{"Name":"always"}"""),
                ["Ulimits"] = JsonNode.Parse("""[{"Name":"nofile","Soft":4096,"Hard":4096}]"""),
            },
        };
        var id = await engine.Containers.CreateAsync(Name, body, cancellationToken);
        await engine.Containers.StartAsync(id, cancellationToken);
        await ServesAsync(cancellationToken);
        await SayAsync("fill", cancellationToken);
        return id;
    }

    /// <summary>A sum over its state, as the service itself tells it.</summary>
    public async Task<string> SumAsync(CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await SayAsync("tell", cancellationToken))));

    /// <summary>Waits until its port is answered, and returns how long that took; throws when it is not.</summary>
    public async Task<TimeSpan> ServesAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.StartNew();
        while (!await AnswersAsync(cancellationToken))
        {
            if (since.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{Name} does not serve: {(await engine.Containers.LogsAsync(Name, 2000, cancellationToken)).Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        return since.Elapsed;
    }

    /// <summary>What runs at the place and beside it.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> RunningAsync(CancellationToken cancellationToken) =>
        [.. (await engine.Containers.NamedAsync(Name, cancellationToken)).Where(container => container.State == "running")];

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await engine.Containers.NamedAsync(Name, CancellationToken.None))
        {
            await engine.Containers.RemoveAsync(container.Id, CancellationToken.None);
        }

        await engine.Volumes.RemoveAsync($"{Name}-state", CancellationToken.None);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var container = await engine.Containers.InspectAsync(Name, cancellationToken);
        if (container.NetworkSettings?.Networks?.GetValueOrDefault(network)?.IPAddress is not { Length: > 0 } address)
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, service.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> SayAsync(string word, CancellationToken cancellationToken)
    {
        var command = await engine.Commands.CreateAsync(Name, ["/bin/sh", "/run.sh", word], cancellationToken);
        var output = await engine.Commands.RunAsync(command, 1 << 20, cancellationToken);
        return await engine.Commands.InspectAsync(command, cancellationToken) is { ExitCode: 0 }
            ? output.Output
            : throw new InvalidOperationException($"{Name}: {word}: {output.Output}{output.Error}");
    }
}
