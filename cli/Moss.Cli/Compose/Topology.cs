using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Cli.Features;

namespace Moss.Cli.Compose;

/// <summary>A container of Moss and how it is.</summary>
internal sealed record ContainerState(string Service, string Status)
{
    public bool Healthy => Status.Contains("(healthy)", StringComparison.Ordinal);
}

/// <summary>All containers of Moss: built, started, waited for, and removed again.</summary>
internal sealed class Topology(ComposeTool tool, ComposeSettings settings, TimeProvider clock, Action<string> say)
{
    private const int Attempts = 3;
    private const int LongestLine = 240;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string Ours => $"label=com.docker.compose.project={settings[ComposeSettings.Project]}";

    /// <summary>Builds what changed, starts everything and returns when all of it is healthy.</summary>
    /// <param name="scale">As Compose takes it, such as trials=4.</param>
    /// <param name="log">File for what the builds write.</param>
    /// <param name="cancellationToken">Leaves what was started as it is.</param>
    public async Task<IReadOnlyList<ContainerState>> UpAsync(IEnumerable<string> scale, string log, CancellationToken cancellationToken)
    {
        await PortIsFreeAsync(cancellationToken);
        say($"building the images (what is new takes some minutes; {log})");
        var built = await tool.ComposeAsync(cancellationToken, "build");
        await File.WriteAllTextAsync(log, built.Output + built.Error, cancellationToken);
        if (!built.Succeeded)
        {
            throw new LocalFailureException("The images could not be built", built.Tail(), $"all of it is in {log}");
        }

        await RemoveSurplusAsync(scale, cancellationToken);
        say("starting");
        string[] start = ["up", "-d", "--remove-orphans", .. scale.SelectMany(one => (string[])["--scale", one])];
        var started = await tool.ComposeAsync(cancellationToken, start);
        for (var again = 1; again < Attempts && !started.Succeeded; again++)
        {
            // Compose gives up when one container is late, and what waited for it was not started.
            started = await tool.ComposeAsync(cancellationToken, start);
        }

        return started.Succeeded ? await HealthyAsync(cancellationToken) : throw await NotHealthyAsync(started.Tail(), cancellationToken);
    }

    /// <summary>
    /// Removes containers, networks and volumes; those of Moss's sandboxes and of the substrates that it runs as well. Moss stops first,
    /// so that it starts nothing again.
    /// </summary>
    public async Task DownAsync(CancellationToken cancellationToken)
    {
        await tool.ComposeAsync(cancellationToken, "stop");
        await RemoveAsync(["rm", "--force", "--volumes"], ["ps", "--all", "--quiet", "--filter", "label=moss.owner"], cancellationToken);
        var down = await tool.ComposeAsync(cancellationToken, "down", "--volumes", "--remove-orphans");
        await RemoveAsync(["volume", "rm", "--force"], ["volume", "ls", "--quiet", "--filter", "label=moss.substrate"], cancellationToken);
        await RemoveAsync(["image", "rm", "--force"], ["image", "ls", "--quiet", "--filter", "label=moss.substrate"], cancellationToken);
        if (!down.Succeeded)
        {
            throw new LocalFailureException("Not everything could be removed", down.Tail(), "try again; `docker ps -a` and `docker network ls` show what is left");
        }
    }

    /// <summary>Containers above the wanted number, with what they stored: Compose removes them too, and leaves their volumes behind.</summary>
    private async Task RemoveSurplusAsync(IEnumerable<string> scale, CancellationToken cancellationToken)
    {
        var wanted = scale.Select(one => one.Split('=')).GroupBy(pair => pair[0])
            .ToDictionary(pairs => pairs.Key, pairs => int.Parse(pairs.Last()[1], CultureInfo.InvariantCulture));
        var rows = await tool.ListAsync(
            cancellationToken, "ps", "--all", "--no-trunc", "--filter", Ours, "--format",
            "{{.ID}}|{{.Label \"com.docker.compose.service\"}}|{{.Label \"com.docker.compose.container-number\"}}");
        string[] surplus =
        [
            .. rows.Select(row => row.Split('|'))
                .Where(row => int.TryParse(row[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > wanted.GetValueOrDefault(row[1], 1))
                .Select(row => row[0]),
        ];
        if (surplus.Length > 0)
        {
            await tool.DockerAsync(cancellationToken, ["stop", .. surplus]);
            await tool.DockerAsync(cancellationToken, ["rm", "--force", "--volumes", .. surplus]);
        }
    }

    private async Task RemoveAsync(string[] remove, string[] list, CancellationToken cancellationToken)
    {
        var found = await tool.ListAsync(cancellationToken, list);
        if (found.Length > 0)
        {
            await tool.DockerAsync(cancellationToken, [.. remove, .. found.Distinct(StringComparer.Ordinal)]);
        }
    }

    private async Task<IReadOnlyList<ContainerState>> HealthyAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcNow() + Patience;
        while (true)
        {
            var states = await StatesAsync(cancellationToken);
            if (states.Count > 0 && states.All(state => state.Healthy))
            {
                return states;
            }

            if (clock.GetUtcNow() > limit)
            {
                throw await NotHealthyAsync($"within {Patience.TotalMinutes} minutes", cancellationToken);
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }
    }

    private async Task<List<ContainerState>> StatesAsync(CancellationToken cancellationToken)
    {
        var rows = await tool.ListAsync(
            cancellationToken, "ps", "--all", "--filter", Ours, "--format", "{{.Label \"com.docker.compose.service\"}}|{{.Status}}");
        return [.. rows.Select(row => row.Split('|', 2)).Select(pair => new ContainerState(pair[0], pair[1])).OrderBy(state => state.Service, StringComparer.Ordinal)];
    }

    private async Task<LocalFailureException> NotHealthyAsync(string detail, CancellationToken cancellationToken)
    {
        var sick = (await StatesAsync(cancellationToken)).Where(state => !state.Healthy).ToList();
        var logs = sick.Count > 0 ? (await tool.ComposeAsync(cancellationToken, ["logs", "--no-color", "--tail", "8", .. sick.Select(state => state.Service).Distinct()])).Output : "";
        return new(
            "Not everything became healthy",
            string.Join('\n', [detail, .. sick.Select(state => $"{state.Service}: {state.Status}"), .. logs.Trim().Split('\n').Select(Shorten)]),
            "look at `docker ps -a` and `docker logs`; `moss down --compose` removes it all");
    }

    private static string Shorten(string line) => line.Length <= LongestLine ? line : line[..(LongestLine - 3)] + "...";

    private async Task PortIsFreeAsync(CancellationToken cancellationToken)
    {
        var port = int.Parse(settings[ComposeSettings.Port], CultureInfo.InvariantCulture);
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException) when (port > 0)
        {
            if ((await tool.ListAsync(cancellationToken, "ps", "--quiet", "--filter", Ours, "--filter", $"publish={port}")).Length == 0)
            {
                throw new LocalFailureException($"Port {port} is taken", $"something else listens on 127.0.0.1:{port}", "choose another one: MOSS_PORT=8090 ./moss up --compose");
            }
        }
    }
}
