using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>Containers. Each is named by its id or its name.</summary>
public sealed class EngineContainers
{
    private readonly EngineTransport transport;

    internal EngineContainers(EngineTransport transport) => this.transport = transport;

    /// <summary>Makes a container and does not start it.</summary>
    /// <param name="name">Its name; a taken one is a <see cref="EngineFailure.Conflict"/>.</param>
    /// <param name="spec">What it is.</param>
    /// <param name="cancellationToken">When cancelled in mid-call the container may exist: remove it by its name.</param>
    /// <returns>The id.</returns>
    public async Task<string> CreateAsync(string name, ContainerSpec spec, CancellationToken cancellationToken) =>
        (await transport.ReadAsync<Created>(EngineCall.Post("containers", "create").With("name", name).WithJson(spec), cancellationToken)).Id;

    /// <summary>The same with a body that somebody else made, such as one that was read from another container.</summary>
    public async Task<string> CreateAsync(string name, JsonObject body, CancellationToken cancellationToken) =>
        (await transport.ReadAsync<Created>(EngineCall.Post("containers", "create").With("name", name).WithJson(body), cancellationToken)).Id;

    /// <summary>Starts it; nothing happens when it runs.</summary>
    public Task StartAsync(string container, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("containers", container, "start"), cancellationToken);

    /// <summary>Asks it to stop with its own signal, and kills it when the grace is over; nothing happens when it does not run.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="grace">In whole seconds.</param>
    /// <param name="cancellationToken">Gives up waiting, not stopping; there is no other limit.</param>
    public Task StopAsync(string container, TimeSpan grace, CancellationToken cancellationToken) =>
        transport.DoStreamedAsync(
            EngineCall.Post("containers", container, "stop").With("t", Math.Ceiling(grace.TotalSeconds).ToString(CultureInfo.InvariantCulture)), cancellationToken);

    /// <summary>Sends a signal to its first process.</summary>
    public Task KillAsync(string container, string signal, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("containers", container, "kill").With("signal", signal), cancellationToken);

    /// <summary>Gives it another name.</summary>
    public Task RenameAsync(string container, string name, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("containers", container, "rename").With("name", name), cancellationToken);

    /// <summary>Says whether the daemon starts it again: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
    public Task SetRestartPolicyAsync(string container, string policy, CancellationToken cancellationToken) =>
        transport.DoAsync(
            EngineCall.Post("containers", container, "update").WithJson(new { RestartPolicy = new RestartPolicy(policy) }), cancellationToken);

    /// <summary>The same with a policy in the engine's own words, as it was read from another container.</summary>
    public Task SetRestartPolicyAsync(string container, JsonNode policy, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("containers", container, "update").WithJson(new { RestartPolicy = policy }), cancellationToken);

    /// <summary>Waits until it does not run any more, without a limit in time, and returns the exit code of its command.</summary>
    public async Task<int> WaitAsync(string container, CancellationToken cancellationToken)
    {
        using var response = await transport.SendAsync(EngineCall.Post("containers", container, "wait").With("condition", "not-running"), cancellationToken);
        await foreach (var ended in JsonLines.ReadAsync<Ended>(response, "the wait for a container", cancellationToken))
        {
            return ended.Error?.Message is { Length: > 0 } message ? throw new EngineException(EngineFailure.ServerError, message) : ended.StatusCode;
        }

        throw new EngineException(EngineFailure.Unreachable, "The container engine stopped before the container did.");
    }

    /// <summary>What the daemon knows of it.</summary>
    public Task<ContainerDetails> InspectAsync(string container, CancellationToken cancellationToken) =>
        transport.ReadAsync<ContainerDetails>(EngineCall.Get("containers", container, "json"), cancellationToken);

    /// <summary>All that the daemon knows of it, also what Moss has no words for.</summary>
    public Task<JsonObject> InspectRawAsync(string container, CancellationToken cancellationToken) =>
        transport.ReadAsync<JsonObject>(EngineCall.Get("containers", container, "json"), cancellationToken);

    /// <summary>Containers that carry all of these labels, <c>name</c> or <c>name=value</c>, whether they run or not.</summary>
    public Task<ImmutableArray<ContainerSummary>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        transport.ReadAsync<ImmutableArray<ContainerSummary>>(EngineCall.Get("containers", "json").With("all", true).WithLabels(labels), cancellationToken);

    /// <summary>Containers whose names have this in them, whether they run or not.</summary>
    public Task<ImmutableArray<ContainerSummary>> NamedAsync(string part, CancellationToken cancellationToken) =>
        transport.ReadAsync<ImmutableArray<ContainerSummary>>(
            EngineCall.Get("containers", "json").With("all", true).WithFilter("name", Regex.Escape(part)), cancellationToken);

    /// <summary>What was written, changed or removed in it beside its volumes.</summary>
    public async Task<ImmutableArray<ContainerChange>> ChangesAsync(string container, CancellationToken cancellationToken) =>
        await transport.ReadAsync<ImmutableArray<ContainerChange>?>(EngineCall.Get("containers", container, "changes"), cancellationToken) ?? [];

    /// <summary>Removes one that does not run, and none of its volumes; nothing happens when it is not there, or is being removed.</summary>
    /// <exception cref="EngineException">It runs, or could not be removed.</exception>
    public Task RemoveStoppedAsync(string container, CancellationToken cancellationToken) => RemovedAsync(EngineCall.Delete("containers", container), cancellationToken);

    /// <summary>Kills it when it runs and removes it with its anonymous volumes; nothing happens when it is not there, or is being removed.</summary>
    /// <exception cref="EngineException">It could not be removed.</exception>
    public Task RemoveAsync(string container, CancellationToken cancellationToken) =>
        RemovedAsync(EngineCall.Delete("containers", container).With("force", true).With("v", true), cancellationToken);

    /// <summary>What it has written so far, from the beginning; empty when its log driver keeps nothing.</summary>
    /// <param name="container">Its id or name; made without a terminal.</param>
    /// <param name="bytes">Bytes kept of each stream.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ContainerOutput> LogsAsync(string container, int bytes, CancellationToken cancellationToken)
    {
        using var response = await transport.SendAsync(
            EngineCall.Get("containers", container, "logs").With("stdout", true).With("stderr", true), cancellationToken);
        var output = new BoundedOutput(bytes);
        await OutputFrames.CopyAsync(await response.Content.ReadAsStreamAsync(cancellationToken), output, cancellationToken);
        return output.Read();
    }

    /// <summary>Writes what it has written so far, both streams as they came.</summary>
    /// <param name="container">Its id or name.</param>
    /// <param name="lines">How many from the end, 0 or more; null for all that its log driver keeps, which may be any number.</param>
    /// <param name="terminal">Whether it was made with a terminal: then there is one stream, which comes as it is.</param>
    /// <param name="destination">Written to as it comes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">The log cannot be read, as that of the log driver <c>none</c>.</exception>
    public async Task CopyLogsAsync(string container, int? lines, bool terminal, Stream destination, CancellationToken cancellationToken)
    {
        var call = EngineCall.Get("containers", container, "logs").With("stdout", true).With("stderr", true);
        using var response = await transport.SendAsync(call.With("tail", lines?.ToString(CultureInfo.InvariantCulture)), cancellationToken);
        var log = await response.Content.ReadAsStreamAsync(cancellationToken);
        await (terminal ? OutputFrames.CopyUnframedAsync(log, destination, cancellationToken) : OutputFrames.CopyAsync(log, new MergedOutput(destination), cancellationToken));
    }

    /// <summary>What is known of a file or folder of it, volumes included; null when it is not there. It need not run.</summary>
    public async Task<ContainerFile?> StatAsync(string container, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.ReadHeaderAsync<ContainerFile>(
                EngineCall.Head("containers", container, "archive").With("path", path), "X-Docker-Container-Path-Stat", cancellationToken);
        }
        catch (EngineException missing) when (missing.Kind == EngineFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>Unpacks an archive into a folder of it, as root. Not possible where the folder is read-only, the root included.</summary>
    /// <param name="container">Its id or name; it need not run.</param>
    /// <param name="folder">A folder that is there.</param>
    /// <param name="tar">Read to its end.</param>
    /// <param name="cancellationToken">Ends the call; part of the archive may be there.</param>
    public Task CopyInAsync(string container, string folder, Stream tar, CancellationToken cancellationToken) =>
        transport.DoStreamedAsync(EngineCall.Put("containers", container, "archive").With("path", folder).WithTar(tar), cancellationToken);

    /// <summary>
    /// An archive of a file or folder of it; names in it begin with the last part of the path. Who disposes of it early ends the
    /// call. A container may hold anything: <see cref="Archives.TarUnpacking"/> takes such an archive apart without obeying it.
    /// </summary>
    public async Task<Stream> CopyOutAsync(string container, string path, CancellationToken cancellationToken) =>
        await transport.StreamAsync(EngineCall.Get("containers", container, "archive").With("path", path), cancellationToken);

    /// <summary>Takes hold of its streams before it is started, so that nothing it writes is missed.</summary>
    /// <param name="container">Its id or name; made without a terminal and not started.</param>
    /// <param name="withInput">Whether its standard input is open.</param>
    /// <param name="cancellationToken">For the call alone.</param>
    internal async Task<ContainerAttachment> AttachAsync(string container, bool withInput, CancellationToken cancellationToken) =>
        new(await transport.HijackAsync(
            EngineCall.Post("containers", container, "attach").With("stream", true).With("stdin", withInput).With("stdout", true).With("stderr", true),
            cancellationToken));

    private async Task RemovedAsync(EngineCall call, CancellationToken cancellationToken)
    {
        try
        {
            await transport.DoAsync(call, cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound || IsBeingRemoved(gone))
        {
            // That is what was wanted.
        }
    }

    private static bool IsBeingRemoved(EngineException refusal) =>
        refusal.Kind == EngineFailure.Conflict && refusal.Message.Contains("already in progress", StringComparison.Ordinal);

    private sealed record Created(string Id);

    private sealed record Ended(int StatusCode, EndedError? Error);

    private sealed record EndedError(string? Message);
}
