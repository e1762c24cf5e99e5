using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Contracts.Planning;
using Moss.Contracts.Trials;

namespace Moss.ServiceDefaults.Bus;

/// <summary>A queue that messages wait in until somebody has worked on them.</summary>
/// <param name="Name">As the broker knows it.</param>
/// <param name="Prefetch">Messages that one process holds at once; 0 where the consumer says.</param>
/// <param name="Messages">What goes into it.</param>
public sealed record MessageQueue(string Name, ushort Prefetch, IReadOnlyList<Type> Messages);

/// <summary>
/// Which message waits where. Every process declares all of it before it publishes: a command waits for a worker that was never
/// started yet, and an answer for the orchestrator.
/// </summary>
public static class Queues
{
    /// <summary>What evolutions hear.</summary>
    public const string Evolutions = "evolutions";

    /// <summary>Messages that nobody could work on; kept until a person looks.</summary>
    public const string Dead = "moss.dead";

    /// <summary>A copy of each of them, from which the evolution is told.</summary>
    public const string GivenUp = "moss.given-up";

    /// <summary>How often a message is handed out before it counts as dead; each time a worker died of it, or with it.</summary>
    public const int DeliveryLimit = 20;

    private const ushort Notes = 16;

    /// <summary>All queues that messages are published to.</summary>
    public static IReadOnlyList<MessageQueue> All { get; } =
    [
        Stage<RunTrials>(Notes), Stage<RunTrial>(0), Stage<LocateFault>(), Stage<DraftPlan>(), Stage<ReviewPlan>(), Stage<ImplementPlan>(), Stage<RebaseChange>(), Stage<ReviewCode>(),
        Stage<BuildCandidate>(), Stage<JudgeTrials>(), Stage<ProposeVerdict>(), Stage<PromoteCandidate>(),
        new(
            Evolutions, Notes,
            [
                typeof(StartEvolution), typeof(StopEvolution), typeof(RestartEvolution), typeof(GiveConsent), typeof(SignConsent), typeof(RefuseConsent),
                typeof(DeadlinePassed), typeof(StageBroke), typeof(RoleFailed), typeof(FaultLocated), typeof(PlanDrafted), typeof(PlanApproved),
                typeof(PlanRejected), typeof(PlanImplemented), typeof(ImplementationRefused), typeof(CodeApproved), typeof(CodeRejected),
                typeof(CandidateBuilt), typeof(CandidateRefused), typeof(TrialsCompleted), typeof(TrialsJudged), typeof(VerdictProposed),
                typeof(CandidatePromoted), typeof(PromotionRolledBack), typeof(PromotionRefused),
                typeof(ChangeRebased), typeof(RebaseRefused),
            ]),
    ];

    /// <summary>The queue of a message; null when it is a notice, for whoever listens when it is said.</summary>
    public static MessageQueue? Of(Type message) => All.FirstOrDefault(queue => queue.Messages.Contains(message));

    /// <summary>The queue that a consumer works on; null when it has none of its own.</summary>
    public static MessageQueue? OfConsumer(Type consumer) => consumer.GetInterfaces()
        .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>))
        .Select(contract => Of(contract.GenericTypeArguments[0]))
        .FirstOrDefault();

    /// <summary>
    /// Long work: a process takes one at a time, and a message that kills it takes no other with it. A stage of trials only
    /// waits for them, so that many may.
    /// </summary>
    private static MessageQueue Stage<TCommand>(ushort prefetch = 1) =>
        new(KebabCaseEndpointNameFormatter.Instance.SanitizeName(typeof(TCommand).Name), prefetch, [typeof(TCommand)]);
}
