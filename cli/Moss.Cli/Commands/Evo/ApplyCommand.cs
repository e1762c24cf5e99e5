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
        var (key, name) = (Arguments.Key(), Arguments.As());
        return new Command("apply", "Read what a candidate would change, and consent to exactly that") { evolution, yes, refuse, by, key, name }
            .Runs(async (context, cancellationToken) =>
            {
                var id = context.Get(evolution);
                var signer = SignerOf(context.Get(key), context.Get(name));
                bool granted;
                ConsentView question;
                do
                {
                    question = await context.Client.GetAsync<ConsentView>($"api/evolutions/{id}/consent", cancellationToken);
                    granted = context.Get(refuse) is null && (SignerFor(question, signer) is { } person
                        ? await Signing.SignAsync(context, question, person, context.Get(yes), cancellationToken) is not null
                        : context.Get(yes) || await AskAsync(context, question, cancellationToken));
                    if (!granted || question.Signing is null)
                    {
                        await Consent.AnswerAsync(context.Client, question, granted, context.Get(by), context.Get(refuse), cancellationToken);
                    }
                }
                while (await Consent.IsAskedAgainAsync(context.Client, question, cancellationToken));

                var ended = await context.Client.GetAsync<EvolutionView>($"api/evolutions/{id}", cancellationToken);
                context.Show(ended, view => StatusCommand.Print(context.Screen, view));
                return ended.Ending is { Promoted: true } || !granted ? ExitCodes.Done : ExitCodes.NotPromoted;
            });
    }

    private static Signer? SignerOf(string? key, string? name) => (key, name) switch
    {
        (null, null) => null,
        (null, _) => throw new UsageException("--key", "a name alone signs nothing", "add --key FILE, or use --by for a consent without a signature"),
        (_, null) => throw new UsageException("--as", "a key alone does not say whose it is", "add --as NAME, as in moss.yaml"),
        var (file, person) => Signer.Of(file, person),
    };

    /// <summary>Null where nothing has to be signed.</summary>
    private static Signer? SignerFor(ConsentView question, Signer? given) => (question.Signing, given) switch
    {
        (null, null) => null,
        (null, _) => throw new UsageException("--key", "this consent needs no signature", "leave out --key and --as, or declare approvers in moss.yaml"),
        ({ } signing, null) => throw new UsageException(
            "--key", $"moss.yaml asks for {signing.Quorum} signed by {string.Join(", ", signing.Approvers)}", "add --key FILE --as NAME, or --refuse REASON"),
        (_, { } signer) => signer,
    };

    private static async Task<bool> AskAsync(CommandContext context, ConsentView question, CancellationToken cancellationToken)
    {
        if (context.AsJson)
        {
            throw new UsageException("--yes", "consent cannot be asked for while printing JSON", "add --yes to consent, or --refuse REASON");
        }

        context.Screen.Diff(await context.Client.TextAsync($"api/artifacts/{question.DiffArtifact}", cancellationToken));
        context.Screen.Line($"{question.Ruling?.Verdict}: {question.Ruling?.Detail}");
        await Outlook.ShowAsync(context, question, cancellationToken);
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
