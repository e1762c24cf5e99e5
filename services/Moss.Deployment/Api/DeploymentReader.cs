using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.EventStore;

namespace Moss.Deployment.Api;

/// <summary>Reads deployments for the API; takes no lock and changes nothing.</summary>
internal sealed class DeploymentReader(
    Journals journals, IInstanceHost host, LaunchPlanner planner, InstanceProber prober, DeploymentFolders folders, TimeProvider clock)
{
    public async Task<IReadOnlyList<DeploymentSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<DeploymentSummary>();
        foreach (var substrate in folders.Substrates())
        {
            all.Add(await SummaryAsync(substrate, (await journals.DeploymentAsync(substrate, cancellationToken)).State, cancellationToken));
        }

        return all;
    }

    public async Task<DeploymentDetail> ReadAsync(string substrate, CancellationToken cancellationToken)
    {
        var stored = await journals.StoredAsync(Journals.DeploymentStream(substrate), cancellationToken);
        var state = DeploymentState.Of(stored.Select(one => (DeploymentEvent)one.Data));
        var summary = await SummaryAsync(substrate, state, cancellationToken);
        return new DeploymentDetail
        {
            Substrate = summary.Substrate,
            Phase = summary.Phase,
            Running = summary.Running,
            Current = summary.Current,
            LastKnownGood = summary.LastKnownGood,
            Port = summary.Port,
            Pid = summary.Pid,
            Container = summary.Container,
            Cause = summary.Cause,
            Since = summary.Since,
            Promotion = summary.Promotion,
            Watch = summary.Watch,
            Health = summary.Running ? await HealthAsync(substrate, state, cancellationToken) : null,
            LogPath = state.Current is { } current ? folders.Log(substrate, current.Marker) : null,
            StatePath = planner.RunsImages ? null : folders.State(substrate),
            StateVolume = planner.RunsImages ? ContainerNames.StateOf(substrate) : null,
            History = await RowsAsync(stored, cancellationToken),
        };
    }

    // A promotion is told where it happened, between its opening and its closing: in the order of the store, since clocks are set.
    private async Task<IReadOnlyList<HistoryEntry>> RowsAsync(IReadOnlyList<StoredEvent> deployment, CancellationToken cancellationToken)
    {
        // What a watch has counted so far stands in its view; a row for every read would bury the rest.
        var rows = deployment.Where(stored => stored.Data is not WatchRead).ToList();
        foreach (var evolution in deployment.Select(stored => stored.Data).OfType<PromotionOpened>().Select(opened => opened.Evolution).Distinct())
        {
            rows.AddRange(await journals.StoredAsync(Journals.PromotionStream(evolution), cancellationToken));
        }

        return [.. rows.OrderBy(stored => stored.Position).Select(stored => HistoryText.Of(stored.Data))];
    }

    private async Task<HealthView> HealthAsync(string substrate, DeploymentState state, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        try
        {
            var launch = await planner.PrepareAsync(substrate, state.Current!, cancellationToken);
            var verdict = await prober.ProbeAsync(launch, ProbeKind.Readiness, DateTimeOffset.MinValue, cancellationToken);
            return new HealthView(verdict.Passed, verdict.Detail, at);
        }
        catch (NotDeployableException problem)
        {
            return new HealthView(false, problem.Message, at);
        }
    }

    private async Task<DeploymentSummary> SummaryAsync(string substrate, DeploymentState state, CancellationToken cancellationToken)
    {
        var alive = await LivesAsync(state, cancellationToken);
        var known = state.Current is not null;
        return new DeploymentSummary
        {
            Substrate = substrate,
            Phase = HistoryText.Word(state.Phase),
            Running = alive,
            Current = View(state.Current?.Version),
            LastKnownGood = View(state.LastKnownGood),
            Port = state.Current?.Port ?? 0,
            Pid = alive ? state.Process?.Pid : null,
            Container = alive ? state.Process?.Container : null,
            Cause = known ? HistoryText.Word(state.Cause) : null,
            Since = known ? state.Since : null,
            Promotion = state.Promotion,
            Watch = WatchView.Of(state.Watch),
        };
    }

    // Of what cannot be seen nothing is said to run.
    private async Task<bool> LivesAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        try
        {
            return state.Current is { } current && await host.LivesAsync(current, state.Process, cancellationToken);
        }
        catch (HostAwayException)
        {
            return false;
        }
    }

    private static VersionView? View(DeployedVersion? version) =>
        version is null ? null : new VersionView(version.Commit, version.Tree) { Image = version.Image };
}
