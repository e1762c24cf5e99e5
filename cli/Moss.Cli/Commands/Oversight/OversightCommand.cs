using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Oversight;

internal static class OversightCommand
{
    public static Command Create() => new("oversight", "Look over what was promoted before it reaches the stable branch") { Review(), Sign(), Refuse(), GuardCommand.Create() };

    public static Argument<string> Substrate() => new("substrate") { Description = "Name of the substrate" };

    public static string Path(string substrate, string below = "") => $"api/oversight/{Uri.EscapeDataString(substrate)}{below}";

    private static Command Review()
    {
        var substrate = Substrate();
        return new Command("review", "What was promoted and nobody has signed: what, why, evidence, cost, trials, rollbacks and drift") { substrate }
            .Runs(async (context, cancellationToken) =>
            {
                var review = await context.Client.GetAsync<JsonElement>(Path(context.Get(substrate)), cancellationToken);
                context.Show(review, view => context.Screen.Line(view.GetProperty("page").GetString()!.TrimEnd()));
                return ExitCodes.Done;
            });
    }

    private static Command Sign()
    {
        var (substrate, head, by) = (Substrate(), Head(), By());
        return new Command("sign", "Merge exactly the reviewed head to the stable branch, signed") { substrate, head, by }
            .Runs(async (context, cancellationToken) =>
            {
                var signed = await context.Client.PostAsync<SignedView>(
                    Path(context.Get(substrate), "/sign"), new { head = context.Get(head), by = context.Get(by) }, cancellationToken);
                context.Show(signed, view => context.Screen.Line($"{view.Head} is on {view.Branch} as {view.Merge}, signed for {view.By}"));
                return ExitCodes.Done;
            });
    }

    private static Command Refuse()
    {
        var (substrate, head, by) = (Substrate(), Head(), By());
        var why = new Option<string>("--why") { Description = "Why, in your words; it is kept", Required = true };
        return new Command("refuse", "Take what was promoted since the last review out of production") { substrate, head, by, why }
            .Runs(async (context, cancellationToken) =>
            {
                var refused = await context.Client.PostAsync<RefusedView>(
                    Path(context.Get(substrate), "/refuse"), new { head = context.Get(head), by = context.Get(by), why = context.Get(why) }, cancellationToken);
                context.Show(refused, view => Print(context, view));
                return refused.Done ? ExitCodes.Done : ExitCodes.NotUndone;
            });
    }

    private static void Print(CommandContext context, RefusedView view)
    {
        foreach (var commit in view.Commits)
        {
            context.Screen.Line($"refused {commit}");
        }

        context.Screen.Line(view.ProductionProblem is { } production ? $"production: {production}" : $"production: {view.BackTo ?? "nothing runs"}");
        context.Screen.Line(view.BranchProblem is { } branch ? $"promoted commits: {branch}" : $"promoted commits: back at {view.Base}");
    }

    private static Option<string> Head() => new("--head") { Description = "The head that the review shows, a full commit hash; another one is not answered for", Required = true };

    private static Option<string> By() => new("--by") { Description = "The person who read the review", Required = true };
}

/// <summary>A period that was signed.</summary>
internal sealed record SignedView(string Head, string Merge, string Branch, string By, DateTimeOffset At, string Hash);

/// <summary>A refusal and how far it was carried out.</summary>
internal sealed record RefusedView(
    string Head, IReadOnlyList<string> Commits, string By, string Why, DateTimeOffset At, string? BackTo, string Base, bool Done, string? ProductionProblem, string? BranchProblem);
