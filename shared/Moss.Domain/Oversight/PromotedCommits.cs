using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Oversight;

/// <summary>A commit that was promoted.</summary>
/// <param name="Evolution">By which evolution.</param>
/// <param name="Commit">Full hash.</param>
/// <param name="At">When its promotion was closed.</param>
/// <param name="Before">What served before it; null when nothing did.</param>
public sealed record PromotedCommit(Guid Evolution, string Commit, DateTimeOffset At, DeployedVersion? Before);

/// <summary>A version that was taken out of production again.</summary>
/// <param name="At">When.</param>
/// <param name="Commit">Which.</param>
/// <param name="Reason">Why.</param>
public sealed record RolledBackVersion(DateTimeOffset At, string Commit, string Reason);

/// <summary>What a deployment's history says of promotions.</summary>
/// <param name="Promoted">Oldest first.</param>
/// <param name="RolledBack">Oldest first.</param>
public sealed record PromotedCommits(ImmutableArray<PromotedCommit> Promoted, ImmutableArray<RolledBackVersion> RolledBack)
{
    /// <summary>Reads a history, oldest event first.</summary>
    public static PromotedCommits Of(IEnumerable<DeploymentEvent> history)
    {
        var (promoted, rolledBack) = (ImmutableArray.CreateBuilder<PromotedCommit>(), ImmutableArray.CreateBuilder<RolledBackVersion>());
        DeployedVersion? served = null;
        DeployedVersion? before = null;
        var going = false;
        foreach (var happened in history)
        {
            switch (happened)
            {
                case PromotionOpened:
                    (going, before) = (true, served);
                    break;
                case InstanceServing { Cause: ServingCause.Rollback } undone when !going && served is not null && served.Tree != undone.Instance.Version.Tree:
                    rolledBack.Add(new(undone.At, served.Commit, $"{undone.Instance.Version.Commit} was started in its place after the promotion"));
                    served = undone.Instance.Version;
                    break;
                case InstanceServing serving:
                    served = serving.Instance.Version;
                    break;
                case PromotionClosed closed:
                    Close(closed, before, promoted, rolledBack);
                    going = false;
                    break;
            }
        }

        return new(promoted.ToImmutable(), rolledBack.ToImmutable());
    }

    /// <summary>What nobody has signed or refused yet, oldest first.</summary>
    public ImmutableArray<PromotedCommit> Unreviewed(OversightState oversight) =>
        [.. Promoted.Where(promoted => !oversight.Reviewed.Contains(promoted.Evolution))];

    /// <summary>What was rolled back since a person last looked.</summary>
    public ImmutableArray<RolledBackVersion> Since(DateTimeOffset? reviewed) => [.. RolledBack.Where(version => !(version.At <= reviewed))];

    private static void Close(
        PromotionClosed closed, DeployedVersion? before, ImmutableArray<PromotedCommit>.Builder promoted, ImmutableArray<RolledBackVersion>.Builder rolledBack)
    {
        switch (closed.Outcome)
        {
            case PromotionOutcome.Committed:
                promoted.Add(new(closed.Evolution, closed.Commit, closed.At, before));
                break;
            case PromotionOutcome.RolledBack or PromotionOutcome.OperatorNeeded:
                rolledBack.Add(new(closed.At, closed.Commit, closed.Reason));
                break;
        }
    }
}
