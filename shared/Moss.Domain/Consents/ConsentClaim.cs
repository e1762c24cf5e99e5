namespace Moss.Domain.Consents;

/// <summary>Everything that must be the same when a consent is acted on as it was when it was given.</summary>
/// <param name="Substrate">What is changed.</param>
/// <param name="Evolution">Whose candidate.</param>
/// <param name="Commit">The candidate.</param>
/// <param name="Tree">Its content.</param>
/// <param name="Diff">SHA-256 of what it changes against its base, as 64 hex digits.</param>
public sealed record ConsentSubject(string Substrate, Guid Evolution, string Commit, string Tree, string Diff)
{
    /// <summary>Id of the image that would run; null when its files are run as they are.</summary>
    public string? Image { get; init; }

    /// <summary>Id of the container that would be replaced, or the marker of the instance where it is none; null when nothing runs.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Hash of the event of the ruling in the evolution's chain, which stands for everything before it; null when there is no ruling.
    /// </summary>
    public string? Verdict { get; init; }
}

/// <summary>What one approver says by a signature.</summary>
/// <param name="Subject">To what.</param>
/// <param name="Approver">Who.</param>
/// <param name="Issued">From when on it holds, in whole seconds UTC.</param>
/// <param name="Expires">From when on it no longer does, in whole seconds UTC.</param>
/// <param name="Nonce">32 hex digits; no two claims have the same.</param>
public sealed record ConsentClaim(ConsentSubject Subject, string Approver, DateTimeOffset Issued, DateTimeOffset Expires, string Nonce)
{
    /// <summary>The claim of an approver, in whole seconds: that is what its text can say.</summary>
    /// <param name="subject">To what.</param>
    /// <param name="approver">Who.</param>
    /// <param name="now">The present.</param>
    /// <param name="validity">How long it holds, unless the question ends before.</param>
    /// <param name="end">When the question ends.</param>
    /// <param name="nonce">Chance.</param>
    public static ConsentClaim Of(
        ConsentSubject subject, string approver, DateTimeOffset now, TimeSpan validity, DateTimeOffset end, Guid nonce)
    {
        var issued = Floor(now);
        return new(subject, approver, issued, Floor(issued + validity < end ? issued + validity : end), nonce.ToString("n"));
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}

/// <summary>A claim as text, and the signature of exactly that text.</summary>
/// <param name="Text">See <see cref="ConsentText"/>.</param>
/// <param name="Signature">64 bytes as base64.</param>
public sealed record SignedConsent(string Text, string Signature);

/// <summary>Whether a signature of a text was made with the private half of a public key; false for whatever is malformed.</summary>
/// <param name="key">As in <see cref="ConsentApprover.Key"/>.</param>
/// <param name="text">What was signed.</param>
/// <param name="signature">As in <see cref="SignedConsent.Signature"/>.</param>
public delegate bool SignatureCheck(string key, string text, string signature);
