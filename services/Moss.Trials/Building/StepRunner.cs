using System.Diagnostics;
using System.Globalization;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.Trials.Building;

/// <summary>Runs a build, smoke test or test run on a tree that it may write.</summary>
internal sealed class StepRunner(ISandboxEngine engine, TrialsOptions options, TimeProvider time)
{
    public async Task<StepOutcome> RunAsync(CommandStep step, string tree, CancellationToken cancellationToken)
    {
        var spec = Spec(step, tree);
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

    private SandboxSpec Spec(CommandStep step, string tree) => new(step.Command)
    {
        Mounts = [new SandboxMount.Writable(tree, TrialPaths.Source)],
        WorkingDirectory = TrialPaths.InSource(step.WorkingDirectory),
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
