using System.Collections.Immutable;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Ingestion.Substrates;

/// <summary>What a repository says of itself at a commit; usable when there is no problem.</summary>
internal sealed record Inspected(
    SubstrateDeclaration? Declaration, CommitHash? Commit, ImmutableArray<string> Scenarios, IReadOnlyList<RequestProblem> Problems)
{
    /// <summary>The repository as every process finds it: absolute when it is a folder of this machine.</summary>
    public string Repository { get; init; } = "";

    /// <summary>What is left out or should be known, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What would make it better; told when a person asks for a check.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    public static Inspected Refused(params IReadOnlyList<RequestProblem> problems) => new(null, null, [], problems);
}
