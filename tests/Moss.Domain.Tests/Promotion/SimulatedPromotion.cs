using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Promotion;

/// <summary>How a version behaves once it is started.</summary>
internal enum Behaviour
{
    Healthy,
    NeverHealthy,
    HealthyAfterTwoRounds,
    DiesAtOnce,
    DiesAfterTwoRounds,
    CannotBeStarted,
}

/// <summary>Moss was killed here.</summary>
internal sealed class Killed : Exception;

/// <summary>
/// A promotion on a machine that exists in memory: the journal and the processes outlive Moss, which may be killed before and
/// after every append and every effect.
/// </summary>
internal sealed class SimulatedPromotion(Behaviour candidate, PromotionPlan plan)
{
    private readonly HashSet<string> running = ["old"];
    private readonly HashSet<string> dying = [];
    private readonly Dictionary<string, int> probes = [];
    private readonly Queue<int> kills = [];
    private DateTimeOffset now = Some.Noon;
    private int operations;

    public List<PromotionEvent> Journal { get; } = [new PromotionPlanned(plan, Some.Noon)];

    public PromotionState State => PromotionState.Of(Journal);

    public IReadOnlySet<string> Running => running;

    public string Serving { get; private set; } = "old";

    public string Branch { get; private set; } = "";

    /// <summary>Who has written to the state, in order; putting a copy back undoes it.</summary>
    public string Writers { get; private set; } = "old";

    private string? copy;

    /// <summary>The way back after the promotion was committed: the candidate serves and has written.</summary>
    public static SimulatedPromotion TakenBack(ProductionRollbackDecided decided, PromotionState journal, InstanceProcess? process)
    {
        var opening = ProductionRollbackProtocol.Opening(decided, journal, process, Some.Noon);
        var plan = ((PromotionPlanned)opening[0]).Plan;
        var simulated = new SimulatedPromotion(Behaviour.Healthy, plan) { Writers = "old new", Serving = "new", copy = "old" };
        simulated.Journal.Clear();
        simulated.Journal.AddRange(opening);
        simulated.running.Clear();
        simulated.running.Add("new");
        return simulated;
    }

    /// <summary>Operations of all lives of Moss together.</summary>
    public int Operations => operations;

    /// <summary>Runs it to its end; Moss is killed at the given operations, counted over all its lives.</summary>
    public SimulatedPromotion Run(params int[] killedAt)
    {
        Array.ForEach(killedAt, kills.Enqueue);
        for (var lives = 0; lives <= killedAt.Length; lives++)
        {
            try
            {
                Live();
                return this;
            }
            catch (Killed)
            {
                now += TimeSpan.FromSeconds(2);
            }
        }

        return this;
    }

    private void Live()
    {
        if (PromotionProtocol.TakeUp(State, now) is { } resumed)
        {
            Append(resumed);
        }

        for (var steps = 0; steps < 200; steps++)
        {
            running.ExceptWith(dying);
            var world = new ObservedWorld(running.Contains(plan.Previous!.Marker), running.Contains("new"), running.Contains(plan.Fallback!.Marker), now);
            var step = PromotionProtocol.Next(State, world);
            if (step is PromotionStep.Finished)
            {
                return;
            }

            now += TimeSpan.FromMilliseconds(10);
            Do(step);
        }

        throw new InvalidOperationException("the protocol does not end");
    }

    private void Do(PromotionStep step)
    {
        switch (step)
        {
            case PromotionStep.Record record:
                Append(record.Event);
                break;
            case PromotionStep.RecordLastKnownGood good:
                Append(new LastKnownGoodRecorded(good.Version, now));
                break;
            case PromotionStep.Make:
                running.ShouldBe(["old"], "what is made before anything is stopped");
                Append(new CandidateMade(now));
                break;
            case PromotionStep.TakeSnapshot:
                running.ShouldBeEmpty("a copy of what is being written");
                Append(new SnapshotRequested(now));
                Effect(() => copy = Writers);
                Append(new SnapshotTaken(now));
                break;
            case PromotionStep.RestoreSnapshot:
                running.ShouldBeEmpty("a copy put back below a writer");
                Append(new SnapshotRestoreRequested(now));
                Effect(() => Writers = copy!);
                Append(new SnapshotRestored(now));
                break;
            case PromotionStep.StopPrevious stop:
                Effect(() => running.Remove(stop.Instance.Marker));
                Append(new PreviousStopped(now));
                break;
            case PromotionStep.StopCandidate stop:
                Effect(() => running.Remove(stop.Instance.Marker));
                Append(new CandidateStopped("log", now));
                break;
            case PromotionStep.Start start:
                Start(start);
                break;
            case PromotionStep.Adopt adopt:
                Append(new Started(adopt.Arm, new InstanceProcess(1, 1, "boot"), now));
                break;
            case PromotionStep.Probe probe:
                ProbeOnce(probe);
                break;
            case PromotionStep.RecordServing serving:
                Effect(() => Serving = serving.Instance.Marker);
                Append(new ServingRecorded(serving.Arm, now));
                break;
            case PromotionStep.Publish publish:
                Effect(() => Branch = publish.Version.Commit);
                Append(new BranchPublished("moss/evolved", publish.Version.Commit, now));
                break;
            default:
                throw new InvalidOperationException(step.ToString());
        }
    }

    private void Start(PromotionStep.Start start)
    {
        running.ShouldBeEmpty("two versions on one state folder");
        var behaviour = start.Arm == PromotionArm.Candidate ? candidate : Behaviour.Healthy;
        if (behaviour == Behaviour.CannotBeStarted)
        {
            Append(new StartFailed(start.Arm, "no such program", now));
            return;
        }

        Effect(() =>
        {
            running.Add(start.Instance.Marker);
            Writers += Writers.EndsWith(start.Instance.Marker, StringComparison.Ordinal) ? "" : " " + start.Instance.Marker;
            _ = behaviour == Behaviour.DiesAtOnce && dying.Add(start.Instance.Marker);
        });
        Append(new Started(start.Arm, new InstanceProcess(1, 1, "boot"), now));
    }

    private void ProbeOnce(PromotionStep.Probe probe)
    {
        now = probe.NotBefore > now ? probe.NotBefore : now;
        var marker = probe.Instance.Marker;
        var count = probes[marker] = probes.GetValueOrDefault(marker) + 1;
        var behaviour = probe.Arm == PromotionArm.Candidate ? candidate : Behaviour.Healthy;
        var passed = behaviour switch
        {
            Behaviour.NeverHealthy => false,
            Behaviour.HealthyAfterTwoRounds => count > 2,
            _ => true,
        };
        _ = behaviour == Behaviour.DiesAfterTwoRounds && count == 2 && dying.Add(marker);
        Append(new Probed(probe.Arm, new ProbeObservation(probe.Round, passed, "", now), now));
    }

    private void Append(PromotionEvent happened) => Effect(() => Journal.Add(happened));

    private void Effect(Action effect)
    {
        PassPoint();
        effect();
        PassPoint();
    }

    private void PassPoint()
    {
        operations++;
        if (kills.Count > 0 && kills.Peek() <= operations)
        {
            kills.Dequeue();
            throw new Killed();
        }
    }
}
