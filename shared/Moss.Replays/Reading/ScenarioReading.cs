using System.Collections.Immutable;

namespace Moss.Replays.Reading;

/// <summary>What became of a scenario file.</summary>
public abstract record ScenarioReading
{
    private ScenarioReading() { }

    /// <summary>It can be replayed.</summary>
    public sealed record Valid(Scenario Scenario) : ScenarioReading;

    /// <summary>It cannot; at least one problem.</summary>
    public sealed record Invalid(ImmutableArray<ScenarioProblem> Problems) : ScenarioReading;
}

/// <summary>One thing that is wrong with a scenario file.</summary>
/// <param name="File">As given to the reader, such as <c>scenarios/refund.json</c>.</param>
/// <param name="Path">JSON path, such as <c>$.graders[0].weight</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record ScenarioProblem(string File, string Path, string Problem, string Fix)
{
    /// <summary>On one line.</summary>
    public override string ToString() => $"{File}: {Path} {Problem}. {Fix}.";
}
