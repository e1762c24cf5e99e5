using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Substrate;

internal static class SubstrateCommand
{
    public static Command Create() => new("substrate", "Agent systems that Moss may evolve") { Add(), List(), Check(), CorpusCommand.Create(), MinimiseCommand.Create() };

    private static Command Add()
    {
        var (repository, reference, dirty) = Options();
        return new Command("add", "Register a repository") { repository, reference, dirty }.Runs(async (context, cancellationToken) =>
        {
            var added = await context.Client.PostAsync<SubstrateView>(
                "api/substrates", Request(context, repository, reference, dirty), cancellationToken);
            context.Show(added, view =>
            {
                context.Screen.Line($"{view.Name} registered at {view.Commit} with {view.Scenarios?.Count ?? 0} scenarios");
                Print(context, view.Notes);
            });
            return ExitCodes.Done;
        });
    }

    private static Command Check()
    {
        var (repository, reference, dirty) = Options();
        return new Command("check", "Say everything that is wrong with a repository, and change nothing") { repository, reference, dirty }
            .Runs(async (context, cancellationToken) =>
            {
                var check = await context.Client.PostAsync<SubstrateCheckView>(
                    "api/substrates/check", Request(context, repository, reference, dirty), cancellationToken);
                context.Show(check, view => Print(context, view));
                return check.Ok ? ExitCodes.Done : ExitCodes.Refused;
            });
    }

    private static Command List() => new Command("list", "Registered substrates").Runs(async (context, cancellationToken) =>
    {
        var substrates = await context.Client.GetAsync<List<SubstrateView>>("api/substrates", cancellationToken);
        context.Show(substrates, rows => context.Screen.Table(["name", "repository"], rows.Select(row => new[] { row.Name, row.Repository })));
        return ExitCodes.Done;
    });

    private static (Argument<string> Repository, Option<string?> Reference, Option<bool> Dirty) Options() => (
        new("repository") { Description = "Path or URL of a git repository with a moss.yaml" },
        new("--reference") { Description = "Branch, tag or commit (default: the repository's own branch)" },
        new("--allow-dirty") { Description = "Accept uncommitted changes; Moss does not see them" });

    private static object Request(CommandContext context, Argument<string> repository, Option<string?> reference, Option<bool> dirty)
    {
        var given = context.Get(repository);
        return new
        {
            repository = Directory.Exists(given) ? Path.GetFullPath(given) : given, reference = context.Get(reference), allowDirty = context.Get(dirty),
        };
    }

    private static void Print(CommandContext context, SubstrateCheckView view)
    {
        context.Screen.Line(view.Ok ? $"{view.Name} at {view.Commit}: {view.Scenarios} scenarios, nothing wrong" : $"{view.Problems.Count} problems");
        foreach (var problem in view.Problems)
        {
            context.Screen.Line($"  {problem.Field}: {problem.Detail}");
            context.Screen.Line($"    fix: {problem.Fix}");
        }

        Print(context, view.Notes);
    }

    private static void Print(CommandContext context, IReadOnlyList<string>? notes)
    {
        foreach (var note in notes ?? [])
        {
            context.Screen.Line($"  note: {note}");
        }
    }
}
