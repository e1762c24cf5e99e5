using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands.Evo;

internal static class WatchCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        return new Command("watch", "Follow an evolution to its end, or to the question for consent") { evolution }.Runs(async (context, cancellationToken) =>
        {
            var id = context.Get(evolution);
            await foreach (var entry in context.Client.FollowAsync(id, cancellationToken))
            {
                Tell(context, entry);
                if (entry.Name == "evolution.consent-requested.v1" && await IsAskingAsync(context.Client, id, cancellationToken))
                {
                    if (!context.AsJson)
                    {
                        context.Screen.Line($"consent with: moss evo apply {id}");
                    }

                    return ExitCodes.Done;
                }
            }

            var view = await context.Client.GetAsync<EvolutionView>($"api/evolutions/{id}", cancellationToken);
            return view.Ending is { Promoted: true } ? ExitCodes.Done : ExitCodes.NotPromoted;
        });
    }

    /// <summary>One JSON object a line, or one line of text.</summary>
    private static void Tell(CommandContext context, TimelineEntry entry)
    {
        if (context.AsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(entry, MossClient.Json));
        }
        else if (Story.Tell(entry) is { } line)
        {
            context.Screen.Line($"{entry.At:HH:mm:ss} {line}");
        }
    }

    private static async Task<bool> IsAskingAsync(MossClient client, Guid evolution, CancellationToken cancellationToken) =>
        (await client.GetAsync<EvolutionView>($"api/evolutions/{evolution}", cancellationToken)).Phase == "AwaitingConsent";
}
