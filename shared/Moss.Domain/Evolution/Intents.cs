using System.Collections.Immutable;
using Moss.Domain.Consents;

namespace Moss.Domain.Evolution;

/// <summary>Somebody asked for an evolution of a batch; kept in the batch's stream, so a batch is evolved once at a time.</summary>
public sealed record EvolutionRequested(
    Guid Evolution, Guid Batch, string Substrate, string BaseCommit, ImmutableArray<string> Scenarios, Depth Depth, decimal? Dollars,
    TimeSpan? WallClock, VerdictRules Rules, string RequestedBy)
{
    /// <summary>US dollars for one stage; null for no ceiling.</summary>
    public decimal? DollarsPerStage { get; init; }

    /// <summary>Scenarios that pass and fail on the live version too often to guard anything.</summary>
    public ImmutableArray<string> Quarantined { get; init; } = [];

    /// <summary>Who has to sign before a candidate is promoted; null where nothing has to be signed.</summary>
    public ConsentTerms? Consent { get; init; }
}

/// <summary>A person asked to stop an evolution; kept in the stream <c>intents-&lt;evolution&gt;</c>.</summary>
public sealed record StopAsked(Guid Evolution, string By);

/// <summary>A person asked to restart an evolution.</summary>
public sealed record RestartAsked(Guid Evolution, string By);

/// <summary>A person answered the question for consent.</summary>
public sealed record ConsentAnswered(
    Guid Evolution, bool Granted, string Commit, string Tree, string By, string Reason, DateTimeOffset At, DateTimeOffset ExpiresAt,
    string? Image = null);

/// <summary>An approver signed.</summary>
/// <param name="Evolution">For which evolution.</param>
/// <param name="Text">What was signed; see <see cref="ConsentText"/>.</param>
/// <param name="Signature">64 bytes as base64.</param>
/// <param name="By">The approver that the text names.</param>
/// <param name="At">When it was accepted.</param>
public sealed record ConsentSignatureGiven(Guid Evolution, string Text, string Signature, string By, DateTimeOffset At);
