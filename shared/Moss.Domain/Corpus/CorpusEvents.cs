using System.Collections.Immutable;

namespace Moss.Domain.Corpus;

/// <summary>A scenario of a batch that was repaired guards from now on.</summary>
/// <param name="Scenario">Its id.</param>
/// <param name="Fingerprint">Of its input and graders at the base commit; empty when its file could not be read.</param>
/// <param name="DuplicateOf">The scenario that asks the same and was there before; null when it is the first.</param>
/// <param name="Evolution">Which repaired it.</param>
/// <param name="BaseCommit">The version that it failed on: the fix reverted.</param>
/// <param name="Commit">The version that was promoted.</param>
/// <param name="Proof">That it is able to fail.</param>
public sealed record ScenarioJoined(
    string Scenario, string Fingerprint, string? DuplicateOf, Guid Evolution, string BaseCommit, string Commit, Proof Proof);

/// <summary>Trials that count, of one scenario on both sides of a fix.</summary>
/// <param name="BaseFailed">Trials of the base that did not pass, 0 to <paramref name="BaseTrials"/>.</param>
/// <param name="BaseTrials">Trials of the base.</param>
/// <param name="CandidatePassed">Trials of the candidate that passed, 0 to <paramref name="CandidateTrials"/>.</param>
/// <param name="CandidateTrials">Trials of the candidate.</param>
public sealed record Proof(int BaseFailed, int BaseTrials, int CandidatePassed, int CandidateTrials);

/// <summary>A baseline replayed held-out scenarios, or ones that had joined, on the live version.</summary>
/// <param name="Evolution">Whose baseline it was.</param>
/// <param name="Commit">The live version.</param>
/// <param name="Scenarios">What was seen of each.</param>
public sealed record LiveVersionObserved(Guid Evolution, string Commit, ImmutableArray<SeenScenario> Scenarios);

/// <summary>Trials that count, of one scenario in one baseline.</summary>
/// <param name="Scenario">Its id.</param>
/// <param name="Passed">Trials that passed, 0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">1 or more.</param>
public sealed record SeenScenario(string Scenario, int Passed, int Trials);

/// <summary>A scenario passes and fails on one and the same version too often to guard anything.</summary>
/// <param name="Scenario">Its id.</param>
/// <param name="Commit">The version.</param>
/// <param name="Passed">Trials that passed on it.</param>
/// <param name="Trials">Trials on it that count.</param>
/// <param name="LeastFailing">It fails more often than this, at 95 % confidence, 0 to 1.</param>
/// <param name="SteadyTrials">So many trials in a row have to pass before it guards again.</param>
public sealed record ScenarioQuarantined(string Scenario, string Commit, int Passed, int Trials, double LeastFailing, int SteadyTrials);

/// <summary>It passed often enough in a row.</summary>
/// <param name="Scenario">Its id.</param>
/// <param name="SteadyTrials">How often.</param>
public sealed record ScenarioReadmitted(string Scenario, int SteadyTrials);
