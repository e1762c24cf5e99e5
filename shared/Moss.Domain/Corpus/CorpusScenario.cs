using System.Collections.Immutable;
using System.Globalization;
using Moss.Domain.Judgement;

namespace Moss.Domain.Corpus;

/// <summary>A scenario of the corpus as people read it.</summary>
/// <param name="Scenario">Its id.</param>
/// <param name="State"><c>active</c>, or <c>quarantined</c>: tried, but no guard.</param>
/// <param name="Why">What that rests on, in a sentence.</param>
/// <param name="Fingerprint">Of its input and graders; null when it never joined or could not be read.</param>
/// <param name="DuplicateOf">The scenario that asks the same and was there before.</param>
/// <param name="Evolution">Which repaired what it is about; null when it was in the repository from the beginning.</param>
/// <param name="BaseCommit">The version that it failed on.</param>
/// <param name="Commit">The version that was promoted.</param>
/// <param name="JoinedAt">When.</param>
/// <param name="Proof">That it is able to fail.</param>
/// <param name="Live">Trials on live versions since.</param>
public sealed record CorpusScenario(
    string Scenario, string State, string Why, string? Fingerprint, string? DuplicateOf, Guid? Evolution, string? BaseCommit, string? Commit,
    DateTimeOffset? JoinedAt, CorpusProof? Proof, CorpusLive Live)
{
    /// <summary>All of a corpus, by their ids.</summary>
    public static ImmutableArray<CorpusScenario> Of(CorpusState corpus) => [.. corpus.Entries.Values.Select(Of)];

    private static CorpusScenario Of(CorpusEntry entry) => new(
        entry.Scenario, entry.Quarantine is null ? "active" : "quarantined", WhyOf(entry), entry.Joined is { Fingerprint.Length: > 0 } known ? known.Fingerprint : null,
        entry.Joined?.DuplicateOf, entry.Joined?.Evolution, entry.Joined?.BaseCommit, entry.Joined?.Commit, entry.JoinedAt,
        entry.Joined is { } joined ? CorpusProof.Of(joined.Proof, entry.IsProven) : null, CorpusLive.Of(entry.Live));

    private static string WhyOf(CorpusEntry entry) => entry switch
    {
        { Quarantine: { } quarantine } => string.Create(
            CultureInfo.InvariantCulture,
            $"{quarantine.Trials - quarantine.Passed} of {quarantine.Trials} trials failed on {Short(quarantine.Commit)}, so it fails there more often than {quarantine.LeastFailing:0.##} of the time: it guards again when {quarantine.SteadyTrials} trials in a row have passed, and {entry.Steady} have"),
        { Joined: null } => "was in the repository before anything that it is about was repaired: not proven to be able to fail",
        { Joined.DuplicateOf: { } original } => $"asks the same as {original}",
        { IsProven: true, Joined.Proof: var proof } =>
            $"{proof.BaseFailed} of {proof.BaseTrials} trials failed without the fix, {proof.CandidatePassed} of {proof.CandidateTrials} passed with it",
        { Joined.Proof: var proof } =>
            $"not proven to be able to fail: {proof.BaseFailed} of {proof.BaseTrials} trials failed without the fix, {proof.CandidatePassed} of {proof.CandidateTrials} passed with it",
    };

    private static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;
}

/// <summary>Trials on both sides of the fix.</summary>
public sealed record CorpusProof(bool Proven, int BaseFailed, int BaseTrials, int CandidatePassed, int CandidateTrials)
{
    internal static CorpusProof Of(Proof proof, bool proven) => new(proven, proof.BaseFailed, proof.BaseTrials, proof.CandidatePassed, proof.CandidateTrials);
}

/// <summary>Trials on live versions.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Trials">How many count.</param>
/// <param name="Low">Lower end of the exact 95 % interval of the pass rate.</param>
/// <param name="High">Upper end.</param>
public sealed record CorpusLive(int Passed, int Trials, double Low, double High)
{
    internal static CorpusLive Of(SeenScenario seen)
    {
        var interval = Interval.OfRate(seen.Passed, seen.Trials);
        return new(seen.Passed, seen.Trials, Math.Round(interval.Low, 4), Math.Round(interval.High, 4));
    }
}
