using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Moss.Containers.Engine.Events;
using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>The daemon itself.</summary>
public sealed class EngineSystem
{
    /// <summary>How many of its last doings a daemon remembers; it forgets them when it ends.</summary>
    public const int Remembered = 256;

    private readonly EngineTransport transport;

    internal EngineSystem(EngineTransport transport) => this.transport = transport;

    /// <summary>Succeeds when the daemon answers.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => transport.DoAsync(EngineCall.Get("_ping"), cancellationToken);

    /// <summary>Which daemon it is.</summary>
    public Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        transport.ReadAsync<EngineVersion>(EngineCall.Get("version"), cancellationToken);

    /// <summary>How the daemon keeps what it has.</summary>
    public Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) => transport.ReadAsync<EngineInfo>(EngineCall.Get("info"), cancellationToken);

    /// <summary>Everything that the daemon remembers to have done, oldest first; fewer than <see cref="Remembered"/> are all since it was started.</summary>
    /// <param name="until">Up to when; now, or before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ImmutableArray<EngineEvent>> PastAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var past = ImmutableArray.CreateBuilder<EngineEvent>();
        using var response = await transport.SendAsync(EngineCall.Get("events").With("since", "0").With("until", Moment(until)), cancellationToken);
        await foreach (var happened in JsonLines.ReadAsync<EngineEvent>(response, "the events", cancellationToken))
        {
            past.Add(happened);
        }

        return past.ToImmutable();
    }

    /// <summary>Whether something happened to a container, as far back as the daemon remembers.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="action">Such as <c>kill</c>.</param>
    /// <param name="until">Up to when; now, or before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> HappenedAsync(string container, string action, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var call = EngineCall.Get("events").With("since", "0").With("until", Moment(until))
            .With("filters", JsonSerializer.Serialize(new Dictionary<string, string[]> { ["container"] = [container], ["event"] = [action] }));
        using var response = await transport.SendAsync(call, cancellationToken);
        await foreach (var _ in JsonLines.ReadAsync<EngineEvent>(response, "the events", cancellationToken))
        {
            return true;
        }

        return false;
    }

    /// <summary>
    /// What the daemon does, as it does it, until the token is cancelled. The first answer is asked for when the enumeration
    /// begins; events between two connections are given again when <paramref name="since"/> names the last one's time.
    /// </summary>
    /// <param name="labels">Only of what carries all of these: <c>name</c> or <c>name=value</c>.</param>
    /// <param name="since">Also what happened from then on; only what is new when null.</param>
    /// <param name="cancellationToken">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<EngineEvent> EventsAsync(
        IReadOnlyCollection<string> labels, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = since is { } moment ? Moment(moment) : null;
        using var response = await transport.SendAsync(EngineCall.Get("events").With("since", from).WithLabels(labels), cancellationToken);
        await foreach (var line in JsonLines.ReadAsync<EngineEvent>(response, "the events", cancellationToken))
        {
            yield return line;
        }
    }

    private static string Moment(DateTimeOffset moment) =>
        string.Create(CultureInfo.InvariantCulture, $"{moment.ToUnixTimeSeconds()}.{(moment.Ticks % TimeSpan.TicksPerSecond) * 100:000000000}");
}

/// <summary>Which daemon answers.</summary>
/// <param name="Version">Its own, for people.</param>
/// <param name="ApiVersion">The newest that it speaks.</param>
/// <param name="KernelVersion">Of the machine under it.</param>
public sealed record EngineVersion(string Version, string ApiVersion, string KernelVersion);

/// <summary>How a daemon keeps what it has.</summary>
/// <param name="DockerRootDir">The folder on its machine.</param>
public sealed record EngineInfo(string DockerRootDir);
