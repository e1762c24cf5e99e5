using Moss.PatchGate.Sets;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.PatchGate.Trying;

/// <summary>A version that can be tried, or why there is none. Gone with its folder when disposed.</summary>
internal sealed record BuiltVersion(Scratch Scratch, string Tree, string? Stage, string Problem) : IDisposable
{
    public bool IsReady => Stage is null;

    public void Dispose() => Scratch.Dispose();
}

/// <summary>Makes a version: a copy of the base without its scenarios, changed, and built in a sandbox as the base declares it.</summary>
internal sealed class BuildStep(ISandboxEngine engine, SandboxFolders folders)
{
    private const long MemoryBytes = 2L * 1024 * 1024 * 1024;

    public async Task<BuiltVersion> MakeAsync(PatchProgram program, PatchCandidate? candidate, CancellationToken cancellationToken)
    {
        var scratch = Scratch.Create(folders);
        var tree = scratch.Folder("tree");
        TreeCopy.Copy(program.Base, tree, program.Declaration.Scenarios);
        if (candidate is not null && await candidate.ApplyAsync(tree, program.Declaration, cancellationToken) is var (stage, refused))
        {
            return new(scratch, tree, stage, refused);
        }

        return program.Declaration.Build is { } step
            ? await engine.RunAsync(Spec(step, tree), cancellationToken) switch
            {
                SandboxResult.Exited { Code: 0 } => new(scratch, tree, null, ""),
                SandboxResult.Exited ended => new(scratch, tree, "DoesNotBuild", ExitReason.Of(ended)),
                SandboxResult.TimedOut => new(scratch, tree, "DoesNotBuild", $"the build did not end within {DurationText.Write(step.Timeout)}"),
                SandboxResult.Unavailable unavailable => throw new UnusableSetException($"no sandbox could be made: {unavailable.Reason}; `moss doctor` says what this machine lacks"),
                _ => throw new System.Diagnostics.UnreachableException(),
            }
            : new(scratch, tree, null, "");
    }

    private static SandboxSpec Spec(CommandStep step, string tree) => new(step.Command)
    {
        Mounts = [new SandboxMount.Writable(tree, TrialPaths.Source)],
        WorkingDirectory = TrialPaths.InSource(step.WorkingDirectory),
        Environment = step.Environment,
        Limits = new()
        {
            WallClock = step.Timeout, Cpu = step.Timeout * Environment.ProcessorCount, MemoryBytes = MemoryBytes, Processes = 256, OpenFiles = 1024,
        },
    };
}
