using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Moss.Replays;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;
using Moss.Trials.Sandboxing;

namespace Moss.Trials.Building;

/// <summary>Runs a build, smoke test or test run: on a tree that it may write, or in an image of which it may write nothing.</summary>
internal sealed class StepRunner(
    [FromKeyedServices(SandboxingRegistration.Key)] ISandboxEngine engine, TrialsOptions options, TimeProvider time)
{
    public async Task<StepOutcome> RunAsync(CommandStep step, ReplaySource source, SandboxPurpose? purpose, CancellationToken cancellationToken)
    {
        var spec = Spec(step, source) with { Purpose = purpose };
        for (var retry = 0; ; retry++)
        {
            switch (await engine.RunAsync(spec, cancellationToken))
            {
                case SandboxResult.Exited { Code: 0 }:
                    return new StepOutcome.Done();
                case SandboxResult.Exited ended:
                    return new StepOutcome.Refused(ExitReason.Of(ended), Log(step, ended));
                case SandboxResult.TimedOut late:
                    return new StepOutcome.Refused(string.Create(CultureInfo.InvariantCulture, $"did not end within {step.Timeout.TotalSeconds:0.##} s"), Log(step, late));
                case SandboxResult.Unavailable unavailable when retry >= options.InfrastructureRetries:
                    throw new IOException($"no sandbox could be made: {unavailable.Reason}");
                case SandboxResult.Unavailable:
                    await Task.Delay(options.RetryDelay * (retry + 1), time, cancellationToken);
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private SandboxSpec Spec(CommandStep step, ReplaySource source) => new(step.Command)
    {
        Mounts = source is ReplaySource.Tree tree ? [new SandboxMount.Writable(tree.Path, TrialPaths.Source)] : [],
        WorkingDirectory = source is ReplaySource.Tree ? TrialPaths.InSource(step.WorkingDirectory) : step.WorkingDirectory,
        Image = (source as ReplaySource.Image)?.Id,
        Environment = step.Environment.ContainsKey("PYTHONDONTWRITEBYTECODE") ? step.Environment : step.Environment.Add("PYTHONDONTWRITEBYTECODE", "1"),
        Limits = new()
        {
            WallClock = step.Timeout,
            Cpu = step.Timeout * Environment.ProcessorCount,
            MemoryBytes = options.StepMemoryBytes,
            Processes = 256,
            OpenFiles = 1024,
            FileBytes = 512L * 1024 * 1024,
        },
    };

    private static string Log(CommandStep step, SandboxResult result) =>
        $"$ {string.Join(' ', step.Command)}\n\n--- standard output\n{result.Output}\n--- standard error\n{result.Error}\n{(result.Truncated ? "--- cut\n" : "")}";
}

/// <summary>How a step ended.</summary>
internal abstract record StepOutcome
{
    private StepOutcome() { }

    public sealed record Done : StepOutcome;

    /// <param name="Reason">A line.</param>
    /// <param name="Log">All that it printed.</param>
    public sealed record Refused(string Reason, string Log) : StepOutcome;
}
