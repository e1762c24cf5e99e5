using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Domain.Consents;

namespace Moss.Cli.Commands.Evo;

/// <summary>
/// Shows what is signed before it is. The text comes from the server and is believed in nothing: it has to be about the question, and
/// about the very diff that is shown.
/// </summary>
internal static class Signing
{
    /// <summary>What was signed and sent; null when the person said no.</summary>
    public static async Task<SignedConsent?> SignAsync(
        CommandContext context, ConsentView question, Signer signer, bool yes, CancellationToken cancellationToken)
    {
        if (context.AsJson && !yes)
        {
            throw new UsageException("--yes", "consent cannot be asked for while printing JSON", "add --yes to consent, or --refuse REASON");
        }

        var root = $"api/evolutions/{question.Evolution}/consent";
        var text = (await context.Client.GetAsync<ClaimView>($"{root}/claim?approver={Uri.EscapeDataString(signer.Name)}", cancellationToken)).Text;
        var diff = await context.Client.TextAsync($"api/artifacts/{question.DiffArtifact}", cancellationToken);
        var claim = Understand(text, question, signer.Name, diff);
        if (!context.AsJson)
        {
            Show(context, question, claim, diff);
            await Outlook.ShowAsync(context, question, cancellationToken);
        }

        if (!yes && !context.Screen.Ask($"Sign this as {signer.Name}?"))
        {
            return null;
        }

        var consent = new SignedConsent(text, signer.Key.Sign(text));
        await context.Client.PostAsync<JsonElement?>($"{root}/signatures", consent, cancellationToken);
        return consent;
    }

    private static ConsentClaim Understand(string text, ConsentView question, string name, string diff)
    {
        if (ConsentText.Read(text) is not ConsentReading.Claimed { Claim: var claim })
        {
            throw Stranger("text", "it is none that this program understands");
        }

        var subject = claim.Subject;
        var differs = new (string Field, bool Same)[]
        {
            ("substrate", subject.Substrate == question.Substrate),
            ("evolution", subject.Evolution == question.Evolution),
            ("commit", subject.Commit == question.Commit),
            ("tree", subject.Tree == question.Tree),
            ("diff", subject.Diff == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(diff)))),
            ("image", subject.Image == question.Image),
            ("approver", claim.Approver == name),
        }.FirstOrDefault(field => !field.Same).Field;
        return differs is null ? claim : throw Stranger(differs, "it is not what was asked and shown");
    }

    private static void Show(CommandContext context, ConsentView question, ConsentClaim claim, string diff)
    {
        var (screen, subject) = (context.Screen, claim.Subject);
        screen.Diff(diff);
        screen.Line($"{question.Ruling?.Verdict}: {question.Ruling?.Detail}");
        screen.Line($"What you sign as {claim.Approver}, to hold until {claim.Expires:u}:");
        screen.Line($"  {subject.Substrate} may run commit {subject.Commit}");
        screen.Line($"  with the content {subject.Tree}, changed as shown (sha256 {subject.Diff})");
        screen.Line(subject.Image is null ? "  from its files, without an image" : $"  as image {subject.Image}");
        screen.Line(subject.Target is null ? "  in place of nothing: no instance of it serves" : $"  in place of {subject.Target}, and of no other instance");
        screen.Line(subject.Verdict is null ? "  though no ruling is recorded" : $"  because of the ruling with the hash {subject.Verdict} in `moss audit`'s chain");
        screen.Line($"  once: {claim.Nonce}");
    }

    private static LocalFailureException Stranger(string field, string problem) => new(
        "Nothing was signed", $"the server gave a text to sign whose {field} is wrong: {problem}", "ask whoever runs Moss; its answers do not fit together");
}
