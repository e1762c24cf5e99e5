using Moss.Domain.Promotion;

namespace Moss.Domain.Oversight;

/// <summary>The one thing to do next. Every step may be done again after a crash in the middle of it.</summary>
public abstract record OversightStep
{
    private OversightStep() { }

    /// <summary>Make the signed merge, then append <see cref="StableMergeMade"/>; or <see cref="SigningAbandoned"/>.</summary>
    public sealed record MakeMerge(SigningDecided Decision) : OversightStep;

    /// <summary>Move the stable branch, then append <see cref="StableMerged"/>; or <see cref="SigningAbandoned"/>.</summary>
    public sealed record MoveStable(SigningDecided Decision, string Merge) : OversightStep;

    /// <summary>Run that version, then append <see cref="ProductionReverted"/>; or <see cref="ProductionNotReverted"/>.</summary>
    public sealed record RevertProduction(DeployedVersion? Version, string Commit) : OversightStep;

    /// <summary>Move the branch of promoted commits back, then append <see cref="EvolvedMovedBack"/>; or <see cref="EvolvedNotMovedBack"/>.</summary>
    public sealed record MoveEvolvedBack(string From, string To) : OversightStep;

    /// <summary>Nothing is left to do, or nothing without a person.</summary>
    public sealed record Finished : OversightStep;
}

/// <summary>What comes next in carrying out what a person decided.</summary>
public static class OversightProtocol
{
    /// <summary>Production goes back before the branch does: what was refused should not serve for as long as a repository is away.</summary>
    public static OversightStep Next(OversightState state) => state switch
    {
        { Signing: { Merge: null } signing } => new OversightStep.MakeMerge(signing.Decision),
        { Signing: { Merge: { } merge } signing } => new OversightStep.MoveStable(signing.Decision, merge),
        { Refusal: { ProductionReverted: false, ProductionProblem: null } refusal } =>
            new OversightStep.RevertProduction(refusal.Decision.BackTo, refusal.Decision.BackTo?.Commit ?? refusal.Decision.Review.Base),
        { Refusal: { EvolvedMovedBack: false, EvolvedProblem: null } refusal } =>
            new OversightStep.MoveEvolvedBack(refusal.Decision.Review.Head, refusal.Decision.Review.Base),
        _ => new OversightStep.Finished(),
    };
}
