using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Probing;
using Moss.Domain.Evidence;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Swapping.Rehearsing;

/// <summary>Runs one version on copies of the state until it has read them, and stops it as a swap would.</summary>
internal sealed class RehearsedVersion(ISwapEngine engine, IInstanceEngine commands, TimeProvider clock)
{
    private const int ShownLog = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="name">Of its container, which is removed again.</param>
    /// <param name="body">JSON that the engine makes it from.</param>
    /// <param name="step">What shows that it has read its state, and how long it may take.</param>
    /// <param name="grace">Until it is killed, where it does not say so itself.</param>
    /// <param name="cancellationToken">Leaves it as it is.</param>
    public async Task<StateReading> ReadAsync(string name, JsonObject body, RehearsalStep step, TimeSpan grace, CancellationToken cancellationToken)
    {
        await engine.MakeAsync(name, body);
        var problem = await StartAsync(name) ?? await UntilReadAsync(name, step, cancellationToken);
        if (await engine.FindAsync(name, CancellationToken.None) is { Runs: true } container)
        {
            await engine.StopAsync(name, container.Grace ?? grace);
        }

        var reading = problem is null ? new StateReading(true, "") : new StateReading(false, await WithLogAsync(name, problem));
        await engine.RemoveWithVolumesAsync(name);
        return reading;
    }

    private async Task<string?> StartAsync(string name)
    {
        try
        {
            await engine.StartAsync(name);
            return null;
        }
        catch (EngineException refused)
        {
            return $"it cannot be started: {refused.Message}";
        }
    }

    // Null when it has read.
    private async Task<string?> UntilReadAsync(string name, RehearsalStep step, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(step.Window, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var last = $"{step.Reads[0]} did not end";
        try
        {
            while (true)
            {
                if (await engine.FindAsync(name, both.Token) is not { Runs: true } container)
                {
                    return $"it {(await engine.FindAsync(name, both.Token))?.End ?? "was removed"}";
                }

                if (await TryAsync(container.Id, step, both.Token) is not { } problem)
                {
                    return null;
                }

                last = problem;
                await Task.Delay(Pause, clock, both.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"not within {step.Window.TotalSeconds:0.###} s, {last}");
        }
    }

    // Null when the command exited with 0. One that does not end is ended with its container: the engine has no other way.
    private async Task<string?> TryAsync(string container, RehearsalStep step, CancellationToken cancellationToken)
    {
        try
        {
            var command = await commands.MakeCommandAsync(container, step.Reads, cancellationToken);
            var output = await commands.RunCommandAsync(command, ExecProbe.OutputLimit, cancellationToken);
            var code = (await commands.CommandAsync(command, cancellationToken))?.ExitCode;
            var text = ForeignText.Clean(output.Error.Length > 0 ? output.Error : output.Output).Trim();
            return code == 0 ? null : $"{step.Reads[0]} exited with {code ?? -1}: {text}";
        }
        catch (EngineException refused)
        {
            return $"{step.Reads[0]} could not be run: {refused.Message}";
        }
    }

    private async Task<string> WithLogAsync(string name, string problem)
    {
        var log = new MemoryStream();
        await engine.CopyLogsAsync(name, log, CancellationToken.None);
        var text = ForeignText.Clean(Encoding.UTF8.GetString(log.ToArray())).Trim();
        return text.Length == 0 ? problem : $"{problem}; it printed: {(text.Length > ShownLog ? "… " + text[^ShownLog..] : text)}";
    }
}
