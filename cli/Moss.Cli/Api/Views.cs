using System.Text.Json;

namespace Moss.Cli.Api;

internal sealed record SubstrateView(string Name, string Repository, string? Commit, IReadOnlyList<string>? Scenarios, IReadOnlyList<string>? Notes);

internal sealed record CorpusView(
    string Substrate, int Guards, int Quarantined, int Duplicates, int Unproven, IReadOnlyList<CorpusScenarioView> Scenarios);

internal sealed record CorpusScenarioView(
    string Scenario, string State, string Why, string? Fingerprint, string? DuplicateOf, Guid? Evolution, string? BaseCommit, string? Commit,
    DateTimeOffset? JoinedAt, CorpusProofView? Proof, CorpusLiveView Live);

internal sealed record CorpusProofView(bool Proven, int BaseFailed, int BaseTrials, int CandidatePassed, int CandidateTrials);

internal sealed record CorpusLiveView(int Passed, int Trials, double Low, double High);

internal sealed record SubstrateCheckView(
    bool Ok, string? Name, string? Commit, int Scenarios, IReadOnlyList<string>? Notes, IReadOnlyList<ProblemRow> Problems);

internal sealed record EvidenceReceipt(int Accepted, int Duplicates, int SetAside, IReadOnlyList<EvidencePlace> Items);

internal sealed record EvidencePlace(Guid Evidence, Guid? Batch, bool Duplicate, string? SetAside);

internal sealed record BatchView(
    Guid Id, string Substrate, bool Sealed, DateTimeOffset OpenedAt, IReadOnlyList<string> Scenarios, IReadOnlyList<EvidenceView> Evidence,
    IReadOnlyList<Guid> Evolutions, IReadOnlyList<ReopeningView>? Reopenings = null);

internal sealed record ReopeningView(Guid Evolution, string Reason);

internal sealed record EvidenceView(string Scenario, string Source, DateTimeOffset OccurredAt, string Complaint);

internal sealed record StartedView(Guid Evolution, Guid Batch, string Substrate, string BaseCommit, string Depth, IReadOnlyList<string> Scenarios);

internal sealed record EvolutionView(
    Guid Id, Guid Batch, string Substrate, string Depth, string Phase, int Iteration, string? Stage, int Round, string BaseCommit,
    IReadOnlyList<string> Scenarios, decimal Dollars, DateTimeOffset StartedAt, IReadOnlyList<IterationView> Iterations, ChangeView? Change,
    RulingView? Ruling, IReadOnlyList<ScenarioView> ScenarioResults, EndingView? Ending, IReadOnlyDictionary<string, int>? TrialsPerRunner = null,
    ProductionView? Production = null);

internal sealed record ProductionView(string Commit, string LastKnownGood, string Reason, string By);

internal sealed record IterationView(int Iteration, string Verdict, string Reason, string? Commit);

internal sealed record ChangeView(string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions, int Deletions);

internal sealed record RulingView(
    string Verdict, string Reason, string Detail, bool Final, double? PValue, double Alpha, double BaselineMean, double CandidateMean);

internal sealed record ScenarioView(string Scenario, string Suite, ArmView Baseline, ArmView? Candidate);

internal sealed record ArmView(int Trials, int Passed, double Mean, double Low, double High);

internal sealed record EndingView(string Verdict, string Reason, bool Promoted, bool RolledBack);

internal sealed record OutlookView(string Substrate, string Commit, IReadOnlyList<string> Refusals, IReadOnlyList<string> Notices);

internal sealed record ConsentView(
    Guid Evolution, string Substrate, string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions,
    int Deletions, RulingView? Ruling, DateTimeOffset ExpiresAt, string? Image = null, SigningView? Signing = null);

internal sealed record SigningView(IReadOnlyList<string> Approvers, int Quorum, bool RequesterMayApprove, IReadOnlyList<string> SignedBy);

internal sealed record ClaimView(string Text, DateTimeOffset ExpiresAt);

internal sealed record TimelineEntry(long Version, string Name, DateTimeOffset At, string Actor, string Hash, JsonElement Data);

internal sealed record AuditView(bool Ok, long Streams, long Events, IReadOnlyList<AuditProblemView> Problems, int Anchors = 0);

internal sealed record AnchorView(Guid Evolution, IReadOnlyList<StreamAnchorView>? Streams, FeedAnchorView? Feed);

internal sealed record StreamAnchorView(string Stream, long Version, string Hash);

internal sealed record FeedAnchorView(long Position, string Digest);

internal sealed record AuditProblemView(string Stream, long Version, string Problem);

internal sealed record QueuesView(IReadOnlyList<QueueView> Queues, IReadOnlyList<DeadView> Dead);

internal sealed record QueueView(string Name, long Ready, long Consumers);

internal sealed record DeadView(
    string Id, string Type, string Queue, string Reason, int? Deliveries, DateTimeOffset? DiedAt, Guid? Evolution, string? Stage);

internal sealed record RequeueView(IReadOnlyList<string> Requeued, IReadOnlyList<LeftView> Left);

internal sealed record LeftView(string Id, string Reason);
