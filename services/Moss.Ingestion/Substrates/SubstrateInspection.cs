using System.Collections.Immutable;
using System.Diagnostics;
using Moss.Replays.Reading;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Ingestion.Substrates;

/// <summary>What a repository says of itself at a commit; usable when there is no problem.</summary>
internal sealed record Inspected(
    SubstrateDeclaration? Declaration, CommitHash? Commit, ImmutableArray<string> Scenarios, IReadOnlyList<RequestProblem> Problems)
{
    public static Inspected Refused(params IReadOnlyList<RequestProblem> problems) => new(null, null, [], problems);
}

/// <summary>Looks at a repository before anything is based on it, and says everything that is wrong at once.</summary>
internal sealed class SubstrateInspection(IWorkspaceReader workspaces)
{
    public const string DeclarationFile = "moss.yaml";

    public async Task<Inspected> InspectAsync(string repository, string? reference, bool allowDirty, CancellationToken cancellationToken)
    {
        try
        {
            var state = await workspaces.InspectAsync(repository, cancellationToken);
            if (state.Warning is { } warning && !allowDirty)
            {
                return Inspected.Refused(new RequestProblem("repository", warning, "commit or stash the changes, or send \"allowDirty\": true"));
            }

            var commit = await workspaces.ResolveAsync(repository, reference ?? state.Branch ?? "HEAD", cancellationToken);
            return await ReadAsync(repository, commit, cancellationToken);
        }
        catch (RepositoryException unusable)
        {
            return Inspected.Refused(new RequestProblem("repository", unusable.Message, "give a git repository with at least one commit, as a path or an URL"));
        }
    }

    private async Task<Inspected> ReadAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        if (await workspaces.ReadFileAsync(repository, commit, DeclarationFile, cancellationToken) is not { } content)
        {
            return Inspected.Refused(new RequestProblem(
                DeclarationFile, $"commit {commit} has no moss.yaml at its root", "add one; docs/moss-yaml.md shows it whole"));
        }

        return SubstrateReader.Read(content) switch
        {
            SubstrateReading.Declared declared => await CheckAsync(repository, commit, declared, cancellationToken),
            SubstrateReading.Invalid invalid => Inspected.Refused([.. invalid.Problems.Select(ToProblem)]),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<Inspected> CheckAsync(
        string repository, CommitHash commit, SubstrateReading.Declared declared, CancellationToken cancellationToken)
    {
        var declaration = declared.Declaration;
        var files = await workspaces.ListFilesAsync(repository, commit, cancellationToken);
        var folder = ScenarioFolder.Read(await workspaces.CheckoutAsync(repository, commit, cancellationToken), declaration.Scenarios);
        RequestProblem[] problems =
        [
            .. SubstrateCheck.Against(declared, files).Select(ToProblem),
            .. folder.Problems.Select(problem => new RequestProblem($"{problem.File} {problem.Path}", problem.Problem, problem.Fix)),
        ];
        return new(declaration, commit, [.. folder.Scenarios.Select(scenario => scenario.Id)], problems);
    }

    private static RequestProblem ToProblem(SubstrateProblem problem) =>
        new($"{DeclarationFile}:{problem.Line}: {problem.Field}", problem.Problem, problem.Fix);
}
