using Moss.Deployment.Instances;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>A command in the version's tree, with the instance's environment, exits with 0.</summary>
internal static class ExecProbe
{
    private const int OutputLimit = 4096;
    private const int ShownOutput = 200;

    public static async Task<ProbeVerdict> RunAsync(
        IProcessRunner runner, Probe.Exec probe, InstanceLaunch launch, CancellationToken cancellationToken)
    {
        var program = probe.Command[0];
        var invocation = new ProcessInvocation(
            program.Contains('/', StringComparison.Ordinal) ? Path.Combine(launch.Tree, program) : program, probe.Command[1..])
        {
            WorkingDirectory = launch.Tree,
            Environment = launch.ProbeEnvironment,
            Timeout = probe.Timeout,
            OutputLimit = OutputLimit,
        };
        return await runner.RunAsync(invocation, cancellationToken) switch
        {
            ProcessResult.Exited { Code: 0 } => new ProbeVerdict(true, $"exec {program} exited with 0"),
            ProcessResult.Exited exited => new ProbeVerdict(false, $"exec {program} exited with {exited.Code}: {Shown(exited)}"),
            ProcessResult.TimedOut => new ProbeVerdict(false, $"exec {program} did not end within {probe.Timeout.TotalSeconds:0.###} s"),
            ProcessResult.NotStarted refused => new ProbeVerdict(false, $"exec {program} could not be started: {refused.Reason}"),
            var other => throw new InvalidOperationException($"unknown result {other}"),
        };
    }

    private static string Shown(ProcessResult result)
    {
        var text = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        return text.Length > ShownOutput ? text[..ShownOutput] : text;
    }
}
