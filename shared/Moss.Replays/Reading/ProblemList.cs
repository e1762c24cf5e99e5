using System.Collections.Immutable;

namespace Moss.Replays.Reading;

/// <summary>The problems of one file, in the order in which they were met.</summary>
internal sealed class ProblemList(string file)
{
    private readonly ImmutableArray<ScenarioProblem>.Builder all = ImmutableArray.CreateBuilder<ScenarioProblem>();

    public ImmutableArray<ScenarioProblem> All => all.ToImmutable();

    public void Add(string path, string problem, string fix) => all.Add(new(file, path, problem, fix));
}
