using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

/// <summary>What a promotion would refuse, lose and change though nobody asked for it; whoever consents sees it first.</summary>
internal static class Outlook
{
    public static async Task ShowAsync(CommandContext context, ConsentView question, CancellationToken cancellationToken)
    {
        try
        {
            var outlook = await context.Client.GetAsync<OutlookView>(
                $"api/deployments/{Uri.EscapeDataString(question.Substrate)}/outlook?commit={Uri.EscapeDataString(question.Commit)}", cancellationToken);
            foreach (var refusal in outlook.Refusals)
            {
                context.Screen.Line($"As things are it would be refused: {refusal}");
            }

            foreach (var notice in outlook.Notices)
            {
                context.Screen.Line($"Know: {notice}");
            }
        }
        catch (ApiException unknown)
        {
            context.Screen.Line($"What it would lose or change where it runs is not known: {unknown.Message}");
        }
    }
}
