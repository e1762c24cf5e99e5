using System.Collections.Immutable;
using Moss.Substrates;

namespace Moss.Replays.Trying;

/// <summary>What an agent may try: the batch's scenarios, on its own work tree, until the lease ends.</summary>
/// <param name="SocketPath">Absolute path of the unix socket, at most 100 bytes; removed at the end.</param>
/// <param name="WorkTree">Absolute path of the agent's work tree.</param>
/// <param name="Trial">From the declaration at the commit that the evolution started from.</param>
/// <param name="Scenarios">The batch's scenarios and no other: what is not here cannot be asked for.</param>
/// <param name="GraderFolder">Absolute path of the trusted scenario folder.</param>
/// <param name="ScenarioFolder">The same folder relative to the work tree: hidden from trials, refused in overlays.</param>
public sealed record TryLease(
    string SocketPath, string WorkTree, TrialStep Trial, ImmutableArray<Scenario> Scenarios, string GraderFolder, string ScenarioFolder)
{
    /// <summary>Replays at once, over all connections.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a path, relative to the work tree, may not be laid over (the declaration's protected files).</summary>
    public Func<string, bool> IsProtected { get; init; } = _ => false;
}
