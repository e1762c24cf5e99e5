using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement.Judges;
using Moss.EventStore;
using Moss.Replays;
using Moss.Replays.Judging;
using Moss.Substrates;
using Moss.Trials.Replaying;

namespace Moss.Trials.Judging;

/// <summary>
/// Measures every judge of a base, once in an evolution: what was said of a text is kept when its votes are in, so that a stage that was killed
/// pays for no text twice, and neither does another baseline of the same evolution with the same judge.
/// </summary>
internal sealed class JudgeCalibrator(IJudgeModels judges, IStageLedger ledger, TimeProvider time)
{
    /// <summary>Texts that are voted on at once.</summary>
    private const int AtOnce = 4;

    /// <summary>All judges, or what was paid until the money was gone.</summary>
    /// <param name="stage">A baseline.</param>
    /// <param name="substrate">At the base commit.</param>
    /// <param name="cancellationToken">Ends it; what was voted on stays kept.</param>
    /// <exception cref="IOException">A judge could not be asked: that says nothing of it.</exception>
    public async Task<Calibration> RunAsync(RunTrials stage, LoadedSubstrate substrate, CancellationToken cancellationToken)
    {
        ProbedJudge[] all =
        [
            .. from scenario in substrate.Scenarios
               from grader in scenario.Graders.OfType<Grader.Judge>()
               select new ProbedJudge(scenario.Id, grader, JudgeProbes.Of(grader)),
        ];
        if (all.Length == 0)
        {
            return Calibration.None;
        }

        var declared = substrate.Declaration.Judge
            ?? throw new SubstrateUnusableException($"{SubstrateReader.FileName} of commit {substrate.Commit} declares no judge, and scenario '{all[0].Scenario}' asks one");
        var started = time.GetTimestamp();
        var dollars = stage.DollarsLeft / all.Sum(judge => judge.Probes.Length);
        var votes = all.ToDictionary(judge => judge, judge => new ProbeVotes[judge.Probes.Length]);
        await Parallel.ForEachAsync(
            all.SelectMany(judge => judge.Probes.Select((_, index) => (Judge: judge, Index: index))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (probe, token) => votes[probe.Judge][probe.Index] = await VotesAsync(stage, declared, probe.Judge, probe.Index, dollars, token));
        return new(
            votes.Values.Any(ballots => ballots.Any(ballot => ballot.Exhausted))
                ? []
                : [.. all.Select(judge => judge.Measured(declared, votes[judge]))],
            SpendingOf(declared, [.. votes.Values.SelectMany(ballots => ballots)], time.GetElapsedTime(started)));
    }

    private async Task<ProbeVotes> VotesAsync(
        RunTrials stage, JudgeDeclaration declared, ProbedJudge judge, int index, decimal? dollars, CancellationToken cancellationToken)
    {
        var key = KeyOf(stage.Stage, declared, judge, index);
        if (await ledger.FindAsync<ProbeVotes>(key, cancellationToken) is { } kept)
        {
            return kept;
        }

        await using var model = judges.Open(key, declared, () => dollars ?? decimal.MaxValue);
        var vote = await new JudgePanel(model, declared.Votes).VoteAsync(new(judge.Grader.Question, judge.Probes[index].Text), cancellationToken);
        var paid = await model.SettleAsync(cancellationToken);
        var votes = new ProbeVotes(vote.Ballot, paid.Dollars, paid.TokensIn, paid.TokensOut, vote.WithoutMoney, paid.Estimated);
        if (vote.WithoutMoney)
        {
            return votes;
        }

        // A judge that is away is no judge that wobbles: nothing of it is kept, and the stage may be asked for again.
        return vote.Unavailable > 0
            ? throw new IOException($"the judge of keypoint '{judge.Grader.Id}' of scenario '{judge.Scenario}' could not be asked: {vote.Trouble}")
            : await ledger.KeepAsync(key, votes, CancellationToken.None);
    }

    private static Spending SpendingOf(JudgeDeclaration declared, ImmutableArray<ProbeVotes> votes, TimeSpan duration) => new(
        TrialSpending.Judge(declared), votes.Sum(vote => vote.Dollars), votes.Sum(vote => vote.TokensIn), votes.Sum(vote => vote.TokensOut), duration.TotalSeconds,
        votes.Any(vote => vote.Exhausted), votes.Any(vote => vote.Estimated), declared.Model.Name);

    /// <summary>Of the evolution and not of the stage; another question, text or model is another key.</summary>
    private static string KeyOf(StageReference stage, JudgeDeclaration declared, ProbedJudge judge, int index)
    {
        var identity = JsonSerializer.SerializeToUtf8Bytes(
            new { declared.Model, declared.Votes, judge.Grader.Question, judge.Probes[index].Text, judge.Probes[index].HasOrder }, StoredJson.Options);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{stage.EvolutionId:n}.judge.{judge.Scenario}.{judge.Grader.Id}.{index}.{Convert.ToHexStringLower(SHA256.HashData(identity).AsSpan(0, 8))}");
    }

    private sealed record ProbedJudge(string Scenario, Grader.Judge Grader, ImmutableArray<JudgeProbe> Probes)
    {
        public JudgeCalibration Measured(JudgeDeclaration declared, ProbeVotes[] votes) => new(
            Scenario, Grader.Id, new(declared.Votes, declared.MaximumFlipRate, declared.MinimumAgreement),
            [.. Probes.Zip(votes, (probe, vote) => new LabelBallot(probe.Holds, probe.HasOrder, vote.Ballot))]);
    }

    /// <summary>The votes on one text and what they cost, as they are kept.</summary>
    internal sealed record ProbeVotes(Ballot Ballot, decimal Dollars, long TokensIn, long TokensOut, bool Exhausted, bool Estimated = false);
}
