namespace Moss.Cli.Api;

internal sealed record VerdictView(
    Guid Evolution, string Substrate, string Phase, int Iteration, string? Verdict, string Reason, int Policy, double Confidence,
    IReadOnlyList<ScenarioVerdictView> Scenarios, FixedView? Fixed, SafeView? Safe, GeneralisesView? Generalises, IReadOnlyList<string> WouldChange,
    FiringView? Firing = null, IReadOnlyList<JudgeView>? Judges = null);

internal sealed record JudgeView(
    string Scenario, string Suite, string Keypoint, int VotesEach, int Labels, int Agreed, double Agreement, double AgreementLow, double AgreementHigh,
    double MinimumAgreement, int Votes, int Flips, double FlipRate, double FlipRateLow, double FlipRateHigh, double MaximumFlipRate, int Orders,
    int Obeyed, bool Accepted, string Reason, string Effect);

internal sealed record FiringView(string Answer, int Lines, int Ran, int Scenarios);

internal sealed record ScenarioVerdictView(string Scenario, string Suite, ArmVerdictView Before, ArmVerdictView? After);

internal sealed record ArmVerdictView(
    int Trials, int Passed, int Failed, int TimedOut, int Crashed, int InfrastructureErrors, double Mean, double Low, double High);

internal sealed record FixedView(
    string Answer, double PValue, double Alpha, int Pairs, int Better, int Worse, int PairsNeeded, double Power, double BaselineMean,
    double CandidateMean, IReadOnlyList<string> StillFailing);

internal sealed record SafeView(
    string Answer, double Margin, double FalseAlarms, IReadOnlyList<string> Regressed, IReadOnlyList<string> Unjudged, IReadOnlyList<GuardView> Guards);

internal sealed record GuardView(
    string Scenario, string Live, int LivePassed, int LiveTrials, int Passed, int Trials, double? PValue, double? Level, bool Worse, bool Blind);

internal sealed record GeneralisesView(
    string Answer, int HeldOutFailures, int NowPassing, double Threshold, double Low, double High, int Repaired, int LeastFailures);

internal sealed record RederivationView(Guid Evolution, bool Ok, int Decisions, int Unknown, IReadOnlyList<DecisionView> Rows);

internal sealed record DecisionView(
    long Version, string Decision, int Iteration, string Result, int? Policy, IReadOnlyList<DeviationView> Differences);

internal sealed record DeviationView(string Field, string Stored, string Derived);

internal sealed record PowerView(double Alpha, int PairsNeeded, PowerPointView Planned, IReadOnlyList<PowerPointView> Curve);

internal sealed record PowerPointView(int Trials, int Pairs, double Test, double Repaired);

internal sealed record MatrixView(
    Guid Evolution, string Substrate, IReadOnlyList<int> Iterations, IReadOnlyList<KeypointView> Keypoints, int PlateauWindow, bool Plateaued);

internal sealed record KeypointView(string Scenario, string Keypoint, IReadOnlyList<double> Means, double Best, int BestAt);
