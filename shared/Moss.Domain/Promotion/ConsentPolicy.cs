namespace Moss.Domain.Promotion;

/// <summary>Rules on a consent; asked when it is given, and again by whoever acts on it.</summary>
public static class ConsentPolicy
{
    /// <summary>How far the clock of the one who gave it may be ahead.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromMinutes(1);

    /// <summary>What is allowed is compared before when: a consent for something else is never merely late.</summary>
    public static ConsentRuling Check(Consent consent, ConsentRequest request, DateTimeOffset now)
    {
        if (consent.Evolution != request.Evolution)
        {
            return new ConsentRuling.Mismatch("evolution", request.Evolution.ToString("n"), consent.Evolution.ToString("n"));
        }

        if (!Same(consent.Commit, request.Commit))
        {
            return new ConsentRuling.Mismatch("commit", request.Commit, consent.Commit);
        }

        if (!Same(consent.Tree, request.Tree))
        {
            return new ConsentRuling.Mismatch("tree", request.Tree, consent.Tree);
        }

        if ((consent.Image, request.Image) is not (null, null) && !Same(consent.Image ?? "", request.Image ?? ""))
        {
            return new ConsentRuling.Mismatch("image", request.Image ?? "none", consent.Image ?? "none");
        }

        return Refusal(consent.Approver, request) is { } why
            ? new ConsentRuling.NotAllowed(consent.Approver, why)
            : CheckTime(consent, now);
    }

    private static ConsentRuling CheckTime(Consent consent, DateTimeOffset now)
    {
        if (now >= consent.ExpiresAt)
        {
            return new ConsentRuling.Expired(consent.ExpiresAt);
        }

        return consent.GivenAt - ClockTolerance > now ? new ConsentRuling.NotYetValid(consent.GivenAt) : new ConsentRuling.Granted();
    }

    private static string? Refusal(string approver, ConsentRequest request)
    {
        if (string.IsNullOrWhiteSpace(approver))
        {
            return "a consent names the person who gives it";
        }

        if (string.Equals(approver, request.Substrate, StringComparison.OrdinalIgnoreCase)
            || string.Equals(approver, "substrate:" + request.Substrate, StringComparison.OrdinalIgnoreCase))
        {
            return "a substrate never approves a change of itself";
        }

        return request.Requester is { } requester && string.Equals(approver, requester, StringComparison.OrdinalIgnoreCase)
            ? "whoever asked for the evolution may not approve it here"
            : null;
    }

    // Half a hash is no hash: an empty field on both sides never matches.
    private static bool Same(string given, string expected) =>
        given is { Length: > 0 } && string.Equals(given, expected, StringComparison.Ordinal);
}
