using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Consents;

/// <summary>
/// The text of a claim that is signed: its version in the first line, then one line a field, always all of them and always in this
/// order. No two claims have the same text, and a text that is not exactly how Moss would write its claim is none.
/// </summary>
public static class ConsentText
{
    /// <summary>First line of the text; another one says that something else was signed.</summary>
    public const string Version = "moss-consent-v1";

    /// <summary>What stands for an image, a target or a verdict that there is none of.</summary>
    public const string None = "none";

    private const int LongestValue = 200;
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly ImmutableArray<string> Names =
        ["substrate", "evolution", "commit", "tree", "diff", "image", "target", "verdict", "approver", "issued", "expires", "nonce"];

    /// <summary>The text; each line ends with a line feed.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in a line: it is empty, too long or not plain, or a time has parts of a second.</exception>
    public static string Write(ConsentClaim claim)
    {
        var text = Render(claim);
        return Read(text) is ConsentReading.Claimed read && read.Claim == claim
            ? text
            : throw new ArgumentException("the claim has a value that no text can say", nameof(claim));
    }

    /// <summary>The claim that a text makes.</summary>
    public static ConsentReading Read(string text)
    {
        var lines = text.Split('\n');
        if (lines[0] != Version)
        {
            return new ConsentReading.Malformed("version", $"does not begin with {Version}");
        }

        if (lines.Length != Names.Length + 2 || lines[^1].Length > 0)
        {
            return new ConsentReading.Malformed("text", $"does not have {Names.Length} fields, a line each");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, line) in Names.Zip(lines[1..^1]))
        {
            if (!line.StartsWith(name + ": ", StringComparison.Ordinal) || !IsPlain(line[(name.Length + 2)..]))
            {
                return new ConsentReading.Malformed(name, $"is not written as '{name}: value'");
            }

            values[name] = line[(name.Length + 2)..];
        }

        return Claim(values) is { } claim && Render(claim) == text
            ? new ConsentReading.Claimed(claim)
            : new ConsentReading.Malformed("text", "has an id or a time that is not written as Moss writes it");
    }

    /// <summary>Who the text says consents; empty when it makes no claim.</summary>
    public static string ApproverOf(string text) => Read(text) is ConsentReading.Claimed { Claim: var claim } ? claim.Approver : "";

    /// <summary>By which a used consent is known again: SHA-256 of its text, as 64 hex digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Render(ConsentClaim claim)
    {
        var subject = claim.Subject;
        string[] values =
        [
            subject.Substrate, subject.Evolution.ToString("n"), subject.Commit, subject.Tree, subject.Diff, subject.Image ?? None,
            subject.Target ?? None, subject.Verdict ?? None, claim.Approver, Render(claim.Issued), Render(claim.Expires), claim.Nonce,
        ];
        return $"{Version}\n{string.Concat(Names.Zip(values, (name, value) => $"{name}: {value}\n"))}";
    }

    private static ConsentClaim? Claim(Dictionary<string, string> values) =>
        Guid.TryParseExact(values["evolution"], "n", out var evolution) && Guid.TryParseExact(values["nonce"], "n", out _)
        && Parse(values["issued"]) is { } issued && Parse(values["expires"]) is { } expires
            ? new(
                new(values["substrate"], evolution, values["commit"], values["tree"], values["diff"])
                {
                    Image = Known(values["image"]), Target = Known(values["target"]), Verdict = Known(values["verdict"]),
                },
                values["approver"], issued, expires, values["nonce"])
            : null;

    private static string? Known(string value) => value == None ? null : value;

    private static string Render(DateTimeOffset time) => time.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // No blanks and no control characters: what stands in one line cannot look like two, nor hide.
    private static bool IsPlain(string value) => value.Length is > 0 and <= LongestValue && value.All(letter => letter is > ' ' and <= '~');
}

/// <summary>What came of reading a text.</summary>
public abstract record ConsentReading
{
    private ConsentReading() { }

    /// <summary>It makes this claim.</summary>
    public sealed record Claimed(ConsentClaim Claim) : ConsentReading;

    /// <summary>It makes none.</summary>
    /// <param name="Field">Where.</param>
    /// <param name="Problem">What is wrong, for people.</param>
    public sealed record Malformed(string Field, string Problem) : ConsentReading;
}
