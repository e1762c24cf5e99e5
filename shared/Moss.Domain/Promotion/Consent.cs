namespace Moss.Domain.Promotion;

/// <summary>What a person allowed, exactly.</summary>
/// <param name="Evolution">Whose candidate.</param>
/// <param name="Commit">The commit that was shown.</param>
/// <param name="Tree">Its content.</param>
/// <param name="Approver">Who allowed it.</param>
/// <param name="GivenAt">From when on it holds.</param>
/// <param name="ExpiresAt">From when on it no longer does.</param>
public sealed record Consent(
    Guid Evolution, string Commit, string Tree, string Approver, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The image that it is about, by its id; null when it is about none.</summary>
    public string? Image { get; init; }
}

/// <summary>What consent is needed for.</summary>
/// <param name="Evolution">Whose candidate.</param>
/// <param name="Commit">The candidate.</param>
/// <param name="Tree">Its content, as the repository says.</param>
/// <param name="Substrate">What would run it; it never approves itself.</param>
public sealed record ConsentRequest(Guid Evolution, string Commit, string Tree, string Substrate)
{
    /// <summary>The image that would run, by its id; null when none does.</summary>
    public string? Image { get; init; }

    /// <summary>Who asked for the evolution, when that person may not approve it; null when anybody may.</summary>
    public string? Requester { get; init; }
}

/// <summary>Whether a consent covers what is about to happen.</summary>
public abstract record ConsentRuling
{
    private ConsentRuling() { }

    /// <summary>It does.</summary>
    public sealed record Granted : ConsentRuling;

    /// <summary>It is for something else.</summary>
    /// <param name="Field">evolution, commit or tree.</param>
    /// <param name="Expected">What would be promoted.</param>
    /// <param name="Given">What was allowed.</param>
    public sealed record Mismatch(string Field, string Expected, string Given) : ConsentRuling;

    /// <summary>It held until then.</summary>
    public sealed record Expired(DateTimeOffset At) : ConsentRuling;

    /// <summary>It will hold from then on.</summary>
    public sealed record NotYetValid(DateTimeOffset From) : ConsentRuling;

    /// <summary>This approver has no say here.</summary>
    /// <param name="Approver">Who.</param>
    /// <param name="Why">For people.</param>
    public sealed record NotAllowed(string Approver, string Why) : ConsentRuling;

    /// <summary>It is no consent at all: malformed, not signed, or used up.</summary>
    /// <param name="Field">Where.</param>
    /// <param name="Why">For people; goes on after the field's name.</param>
    public sealed record Void(string Field, string Why) : ConsentRuling;
}
