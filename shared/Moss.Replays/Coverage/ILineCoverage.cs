using System.Collections.Immutable;
using Moss.Sandboxes;

namespace Moss.Replays.Coverage;

/// <summary>
/// Collects which lines of the source a trial runs, for one language, without changing what the trial does and without
/// anything installed. The trial could forge what it writes; it is used to find faults, never to judge.
/// </summary>
public interface ILineCoverage
{
    /// <summary>The word in <c>moss.yaml</c>.</summary>
    string Language { get; }

    /// <summary>True for a file whose lines are collected.</summary>
    bool Covers(string path);

    /// <summary>
    /// The lines of each statement, or part of one, that is collected as its first line: a change in the middle of a text that goes
    /// over many lines is run when its first line is. In order, without gaps between the first line and the last.
    /// </summary>
    /// <param name="text">The whole file.</param>
    ImmutableArray<LineSpan> Statements(string text);

    /// <summary>What the collector needs inside; its own files are written into <paramref name="folder"/>.</summary>
    /// <param name="folder">Empty folder of the host.</param>
    /// <param name="lines">Where the inside can write what it collects: the same folder as <see cref="LineCollection"/> reads.</param>
    /// <param name="source">Where the source is on the inside.</param>
    /// <param name="wallClock">When the sandbox will be killed: what was collected must be written before.</param>
    CoveragePlan Plan(string folder, string lines, string source, TimeSpan wallClock);
}

/// <summary>Lines that belong together, from 1, both ends included.</summary>
public readonly record struct LineSpan(int First, int Last);

/// <summary>How lines are collected.</summary>
/// <param name="Mounts">Placed into the trial's sandbox.</param>
/// <param name="Environment">Adds to the trial's environment, which is passed in with what the declaration says.</param>
public sealed record CoveragePlan(ImmutableArray<SandboxMount> Mounts, Action<ImmutableSortedDictionary<string, string>.Builder> Environment);
