using Moss.Deployment.Instances;
using Moss.Domain.Evidence;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>A command in the version's tree, with the instance's environment, exits with 0.</summary>
internal static class ExecProbe
{
    public const int OutputLimit = 4096;
    private const int ShownOutput = 200;

    public static async Task<ProbeVerdict> RunAsync(
        IProcessRunner runner, Probe.Exec probe, InstanceLaunch launch, CancellationToken cancellationToken)
    {
        var program = probe.Command[0];
        var invocation = new ProcessInvocation(
            program.Contains('/', StringComparison.Ordinal) ? Path.Combine(launch.Tree, program) : program, probe.Command[1..])
        {
            WorkingDirectory = launch.Tree,
            Environment = ProcessEnvironment.OfProbe(launch),
            Timeout = probe.Timeout,
            OutputLimit = OutputLimit,
        };
        return await runner.RunAsync(invocation, cancellationToken) switch
        {
            ProcessResult.Exited { Code: 0 } => new ProbeVerdict(true, $"exec {program} exited with 0"),
            ProcessResult.Exited exited => Failed(probe, exited.Code, exited.Output, exited.Error),
            ProcessResult.TimedOut => TooSlow(probe),
            ProcessResult.NotStarted refused => new ProbeVerdict(false, $"exec {program} could not be started: {refused.Reason}"),
            var other => throw new InvalidOperationException($"unknown result {other}"),
        };
    }

    public static ProbeVerdict TooSlow(Probe.Exec probe) => new(false, $"exec {probe.Command[0]} did not end within {probe.Timeout.TotalSeconds:0.###} s");

    public static ProbeVerdict Failed(Probe.Exec probe, int code, string output, string error)
    {
        var text = ForeignText.Clean(error.Length > 0 ? error : output).Trim();
        return new ProbeVerdict(false, $"exec {probe.Command[0]} exited with {code}: {(text.Length > ShownOutput ? text[..ShownOutput] : text)}");
    }
}
