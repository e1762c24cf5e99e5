using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class ApplyCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        var yes = new Option<bool>("--yes") { Description = "Consent without being asked" };
        var refuse = new Option<string?>("--refuse") { Description = "Refuse, with this reason" };
        var by = Arguments.By();
        return new Command("apply", "Read what a candidate would change, and consent to exactly that") { evolution, yes, refuse, by }
            .Runs(async (context, cancellationToken) =>
            {
                var id = context.Get(evolution);
                bool granted;
                ConsentView question;
                do
                {
                    question = await context.Client.GetAsync<ConsentView>($"api/evolutions/{id}/consent", cancellationToken);
                    granted = context.Get(refuse) is null && (context.Get(yes) || await AskAsync(context, question, cancellationToken));
                    await Consent.AnswerAsync(context.Client, question, granted, context.Get(by), context.Get(refuse), cancellationToken);
                }
                while (await Consent.IsAskedAgainAsync(context.Client, question, cancellationToken));

                var ended = await context.Client.GetAsync<EvolutionView>($"api/evolutions/{id}", cancellationToken);
                context.Show(ended, view => StatusCommand.Print(context.Screen, view));
                return ended.Ending is { Promoted: true } || !granted ? ExitCodes.Done : ExitCodes.NotPromoted;
            });
    }

    private static async Task<bool> AskAsync(CommandContext context, ConsentView question, CancellationToken cancellationToken)
    {
        if (context.AsJson)
        {
            throw new UsageException("--yes", "consent cannot be asked for while printing JSON", "add --yes to consent, or --refuse REASON");
        }

        context.Screen.Diff(await context.Client.TextAsync($"api/artifacts/{question.DiffArtifact}", cancellationToken));
        context.Screen.Line($"{question.Ruling?.Verdict}: {question.Ruling?.Detail}");
        return context.Screen.Ask($"Promote commit {question.Commit} of {question.Substrate}?");
    }
}

/// <summary>Answering the question, and waiting for what comes of it.</summary>
internal static class Consent
{
    public static Task AnswerAsync(
        MossClient client, ConsentView question, bool granted, string approver, string? reason, CancellationToken cancellationToken) =>
        client.PostAsync<JsonElement?>(
            $"api/evolutions/{question.Evolution}/consent",
            new { decision = granted ? "approve" : "refuse", commit = question.Commit, tree = question.Tree, approver, reason = reason ?? "" },
            cancellationToken);

    /// <summary>Waits until the evolution has ended; true when it asks once more instead, as a candidate that was overtaken is another one then.</summary>
    public static async Task<bool> IsAskedAgainAsync(MossClient client, ConsentView answered, CancellationToken cancellationToken)
    {
        var isPast = false;
        await foreach (var entry in client.FollowAsync(answered.Evolution, cancellationToken))
        {
            if (entry.Name == "evolution.consent-requested.v1")
            {
                var isThis = entry.Data.GetProperty("commit").GetString() == answered.Commit;
                if (isPast && !isThis)
                {
                    return true;
                }

                isPast |= isThis;
            }
        }

        return false;
    }
}
