using System.Globalization;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Oversight;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.Processes;
using Moss.Records;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment.Overseeing;

/// <summary>What outlives Moss: the store, a bare remote with real git, a machine with processes in a table, and the key of oversight.</summary>
internal sealed class OversightBench : IAsyncDisposable, ISubstrateDirectory
{
    public const string Substrate = "desk";

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryRepository person = new();
    private readonly SshKey key = new();

    private OversightBench(string oversight, string deploy)
    {
        var catalog = new EventCatalog();
        EventNames.Add(catalog);
        Store = new InMemoryEventStore(catalog);
        Machine = new FakeMachine(Clock);
        Workspaces = new GitWorkspaces(new WorkspaceSettings(folder.Combine("data")), new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System), TimeProvider.System);
        Declare(oversight, deploy);
        Base = person.Head;
        person.Git("clone", "--quiet", "--bare", person.Path, Remote);
        SigningKey = key.Path;
    }

    public HurryingClock Clock { get; } = new();

    public FakeMachine Machine { get; }

    public IEventStore Store { get; }

    public string Remote => folder.Combine("remote.git");

    public string Folder => folder.Combine("deployments");

    /// <summary>Git takes its time: it is not hurried.</summary>
    public GitWorkspaces Workspaces { get; }

    /// <summary>The first commit: stable, and what serves at the beginning.</summary>
    public string Base { get; private set; }

    public SshKey Key => key;

    public string? SigningKey { get; set; }

    /// <summary>The base version serves.</summary>
    public static async Task<OversightBench> ServingAsync(string oversight = "oversight: { period: 24h, grace: 1h, approvers: [ada] }")
    {
        var bench = new OversightBench(oversight, "deploy: { command: [server], probes: [heartbeat: { file: alive, maximumAge: 24h }], interval: 50ms, window: 1s, minimumHealthy: 0s }");
        await using var moss = bench.Moss();
        (await moss.Keeper.StartAsync(Substrate, null, default)).ShouldBe(new Moss.Deployment.Starting.StartOutcome.Done());
        return bench;
    }

    /// <summary>A substrate of which nothing runs.</summary>
    public static OversightBench Library() => new("oversight: { period: 24h, grace: 1h, approvers: [ada] }", "");

    public OversightLife Moss(KillSwitch? kill = null) => new(this, kill ?? KillSwitch.Never);

    public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(name == Substrate ? new SubstrateEntry(Substrate, Remote) : null);

    /// <summary>A commit of a person's on main, pushed.</summary>
    public string Push(string message, string path, string content)
    {
        person.Git("fetch", "--quiet", Remote, "main");
        person.Git("checkout", "--quiet", "-B", "main", "FETCH_HEAD");
        var commit = person.Commit(message, (path, content));
        person.Git("push", "--quiet", Remote, "main");
        return commit;
    }

    /// <summary>Another declaration on main.</summary>
    public string Declare(string oversight) => Push("Declare oversight", "moss.yaml", Yaml(oversight, "deploy: { command: [server], probes: [heartbeat: { file: alive, maximumAge: 24h }], interval: 50ms, window: 1s, minimumHealthy: 0s }"));

    /// <summary>A candidate on top of a commit, on a branch of its own in the remote.</summary>
    public string Candidate(string path, string? on = null, string content = "x\n")
    {
        person.Git("fetch", "--quiet", Remote, "+refs/heads/*:refs/remotes/remote/*");
        person.Git("checkout", "--quiet", "--detach", on ?? Base);
        var commit = person.Commit($"Add {path}", (path, content));
        person.Git("push", "--quiet", Remote, $"+HEAD:refs/heads/moss/evolution-{path.Replace('.', '-')}");
        return commit;
    }

    public PromoteCandidate Command(string commit, string on, Guid? evolution = null)
    {
        var (id, now) = (evolution ?? Guid.NewGuid(), Clock.GetUtcNow());
        var tree = Git("rev-parse", commit + "^{tree}");
        return new(
            new StageReference(id, 1, "Promote", 1), new Subject(Substrate, Guid.NewGuid(), on, []), commit, tree, new ConsentGrant(id, commit, tree, "ada", now, now.AddHours(1)));
    }

    /// <summary>A promoted candidate on what is evolved so far; returns its commit.</summary>
    public async Task<string> PromotedAsync(string path, string content = "x\n", Guid? evolution = null)
    {
        var on = Evolved ?? Base;
        var commit = Candidate(path, on, content);
        await using var moss = Moss();
        var answer = await moss.PromoteAsync(Command(commit, on, evolution));
        answer.ShouldBeOfType<Contracts.Deployment.CandidatePromoted>($"{answer}");
        return commit;
    }

    /// <summary>The branch of promoted commits; null when there is none.</summary>
    public string? Evolved => Git("for-each-ref", "--format=%(objectname)", "refs/heads/moss/evolved") is { Length: 40 } tip ? tip : null;

    public string Stable => Git("rev-parse", "main");

    public string Git(params string[] arguments) => person.Git(["--git-dir", Remote, .. arguments]);

    public async Task<OversightState> OversightAsync()
    {
        var events = new List<OversightEvent>();
        await foreach (var stored in Store.ReadStreamAsync(new StreamId("oversight-" + Substrate), 0, default))
        {
            events.Add((OversightEvent)stored.Data);
        }

        return OversightState.Of(events);
    }

    /// <summary>Throws unless the signature of a merge is that of the key.</summary>
    public void Verify(string merge) =>
        Git("-c", $"gpg.ssh.allowedSignersFile={folder.Write("signers", $"moss namespaces=\"git\" {key.Public}\n")}", "verify-commit", merge);

    /// <summary>What the other services store of an evolution.</summary>
    public async Task StoreEvolutionAsync(Guid evolution)
    {
        var batch = Guid.NewGuid();
        StageKey stage = new(evolution, 1, Stage.Trial, 1);
        await AppendAsync(
            $"evolution-{evolution:n}",
            new EvolutionStarted(evolution, batch, Substrate, Base, ["total", "tax"], Depth.Light, Budget.Of(Depth.Light), new VerdictRules(0.05, 0, 1), "ci"),
            new FaultLocated(stage, "artifact", "cents are added to units", FailureClass.Structural, ["app.py"]),
            new MoneySpent(stage, "codex", 1.25m, 10, 10, 3), new MoneySpent(stage, "judge", 0.25m, 1, 1, 1) { Estimated = true },
            new IterationRuled(1, Verdict.Converged, "everything passes", "everything passes: total, tax", true, 0.0156, 0.05, 0.1, 1),
            new ConsentGiven("c", "t", "grace", Clock.GetUtcNow(), Clock.GetUtcNow()));
        await AppendAsync(
            $"batch-{batch:n}",
            [new BatchOpened(batch, Substrate), .. Enumerable.Range(0, 3).Select(number => new EvidenceAdded(
                Guid.NewGuid(), "total", "user", null, null, Clock.GetUtcNow(), number.ToString(CultureInfo.InvariantCulture), "", null, 0))]);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        key.Dispose();
        person.Dispose();
        folder.Dispose();
    }

    private void Declare(string oversight, string deploy) => Base = person.Commit("Start", ("moss.yaml", Yaml(oversight, deploy)), ("app.py", "print(1)\n"));

    private static string Yaml(string oversight, string deploy) => $"name: {Substrate}\ntrial: {{ command: [run] }}\n{deploy}\n{oversight}\n";

    private async Task AppendAsync(string stream, params object[] events) => await Store.AppendAsync(
        new StreamId(stream), ExpectedVersion.NoStream, [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata("", "", "test", Clock.GetUtcNow())))], default);
}
