using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class SignCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        var (key, name) = (Arguments.Key(required: true), Arguments.As(required: true));
        var yes = new Option<bool>("--yes") { Description = "Sign without being asked" };
        return new Command("sign", "Read what an approver signs, and consent to exactly that by a signature") { evolution, key, name, yes }
            .Runs(async (context, cancellationToken) =>
            {
                var id = context.Get(evolution);
                var signer = Signer.Of(context.Get(key)!, context.Get(name)!);
                var question = await context.Client.GetAsync<ConsentView>($"api/evolutions/{id}/consent", cancellationToken);
                if (await Signing.SignAsync(context, question, signer, context.Get(yes), cancellationToken) is not { } consent)
                {
                    return ExitCodes.NotPromoted;
                }

                context.Show(consent, _ => context.Screen.Line(
                    $"Signed as {signer.Name}. It is promoted when {question.Signing?.Quorum} of the approvers have signed: moss evo watch {id}"));
                return ExitCodes.Done;
            });
    }
}
