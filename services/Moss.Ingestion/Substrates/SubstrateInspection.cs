using System.Diagnostics;
using Moss.Replays.Judging;
using Moss.Replays.Reading;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Ingestion.Substrates;

/// <summary>Looks at a repository before anything is based on it, and says everything that is wrong at once.</summary>
internal sealed class SubstrateInspection(IWorkspaceReader workspaces)
{
    public const string DeclarationFile = "moss.yaml";

    public async Task<Inspected> InspectAsync(string repository, string? reference, bool allowDirty, CancellationToken cancellationToken)
    {
        var (field, fix) = ("repository", "give a git repository with at least one commit, as a path or an URL");
        try
        {
            var state = await workspaces.InspectAsync(repository, cancellationToken);
            (field, fix) = ("reference", "name a branch, a tag or a commit that the repository has");
            var commit = await workspaces.ResolveAsync(repository, reference ?? state.Branch ?? "HEAD", cancellationToken);
            (field, fix) = ("repository", "mend the repository, or give another one");
            return Judge(await ReadAsync(repository, state, commit, cancellationToken), repository, state, commit, allowDirty);
        }
        catch (RepositoryException unusable)
        {
            return Inspected.Refused(new RequestProblem(field, unusable.Message, fix));
        }
    }

    /// <summary>Adds what follows from the state of the repository: uncommitted changes are refused, or known to be left out.</summary>
    private static Inspected Judge(Inspected inspected, string repository, RepositoryState state, CommitHash commit, bool allowDirty)
    {
        inspected = inspected with
        {
            Repository = Path.IsPathRooted(state.Repository) ? state.Repository : repository.Trim(),
            Notes = state.Notes,
        };
        return state.Warning switch
        {
            null => inspected,
            _ when allowDirty => inspected with
            {
                Notes = [$"Uncommitted changes ({string.Join(", ", state.Uncommitted.Take(5))}) are left out: the committed state {commit} is what is used.", .. state.Notes],
            },
            var warning => inspected with
            {
                Problems =
                [
                    new("repository", warning, $"commit or stash the changes, or send \"allowDirty\": true to use the committed state {commit} without them"),
                    .. inspected.Problems,
                ],
            },
        };
    }

    private async Task<Inspected> ReadAsync(string repository, RepositoryState state, CommitHash commit, CancellationToken cancellationToken)
    {
        if (await workspaces.ReadFileAsync(repository, commit, DeclarationFile, cancellationToken) is not { } content)
        {
            return Inspected.Refused(new RequestProblem(
                DeclarationFile, $"commit {commit} has no moss.yaml at its root", "add one; docs/moss-yaml.md shows it whole"));
        }

        return SubstrateReader.Read(content) switch
        {
            SubstrateReading.Declared declared => await CheckAsync(repository, state, commit, declared, cancellationToken),
            SubstrateReading.Invalid invalid => Inspected.Refused([.. invalid.Problems.Select(ToProblem)]),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<Inspected> CheckAsync(
        string repository, RepositoryState state, CommitHash commit, SubstrateReading.Declared declared, CancellationToken cancellationToken)
    {
        var declaration = declared.Declaration;
        var files = await workspaces.ListFilesAsync(repository, commit, cancellationToken);
        var folder = ScenarioFolder.Read(await workspaces.CheckoutAsync(repository, commit, cancellationToken), declaration.Scenarios);
        RequestProblem[] problems =
        [
            .. StableBranch(declared, state).Select(ToProblem),
            .. SubstrateCheck.Against(declared, files).Select(ToProblem),
            .. folder.Problems.Concat(JudgeDeclared.Problems(declaration, folder.Scenarios)).Select(problem => new RequestProblem($"{problem.File} {problem.Path}", problem.Problem, problem.Fix)),
        ];
        return new(declaration, commit, [.. folder.Scenarios.Select(scenario => scenario.Id)], problems) { Advice = KeypointAdvice.Of(folder.Scenarios) };
    }

    /// <summary>Evolutions start at the stable branch: without it none ever could.</summary>
    private static IEnumerable<SubstrateProblem> StableBranch(SubstrateReading.Declared declared, RepositoryState state)
    {
        var branch = declared.Declaration.StableBranch;
        if (!state.Branches.Contains(branch))
        {
            var (line, column) = declared.Positions.GetValueOrDefault("stableBranch");
            var others = string.Join(", ", state.Branches.Take(8));
            yield return new(line, column, "stableBranch", $"is '{branch}', and the repository has no such branch", $"write \"stableBranch:\" with one that it has: {others}");
        }
    }

    private static RequestProblem ToProblem(SubstrateProblem problem) =>
        new((problem.Line, problem.Field) switch
        {
            (0, "") => DeclarationFile,
            (0, var field) => $"{DeclarationFile}: {field}",
            (var line, "") => $"{DeclarationFile}:{line}",
            var (line, field) => $"{DeclarationFile}:{line}: {field}",
        }, problem.Problem, problem.Fix);
}
