using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.ModelProxy;
using Moss.Replays;
using Moss.Replays.Coverage;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Artifacts;
using Moss.Trials;
using Moss.Trials.Building;
using Moss.Trials.Judging;
using Moss.Trials.Replaying;
using Moss.Trials.Sandboxing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Trials;

/// <summary>Trials on the bus's test harness: three scenarios at a base commit, and fakes for all that touches the world.</summary>
internal sealed class TrialsBench : IAsyncDisposable
{
    public static readonly string Base = new('b', 40);
    public static readonly string Candidate = new('c', 40);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder root = new();
    private readonly ServiceProvider provider;
    private readonly SandboxFolders folders;
    private readonly PublishLog log = new();

    private TrialsBench(SubstrateDeclaration declaration, bool heard)
    {
        Declaration = declaration;
        folders = new SandboxFolders(root.Combine("sandboxes"));
        foreach (var commit in new[] { Base, Candidate })
        {
            root.Write($"trees/{commit}/main.py", commit);
            root.Write($"trees/{commit}/scenarios/one.json", "the graders");
        }

        var services = new ServiceCollection().AddSingleton<TimeProvider>(heard ? TimeProvider.System : Clock).AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddStages();
        services.AddSingleton(new TrialsOptions { Parallelism = 1, Runner = "runner-1", BuiltTrees = root.Combine("built"), RetryDelay = TimeSpan.Zero });
        services.AddSingleton<IStageLedger>(Ledger).AddSingleton<IArtifactStore>(Artifacts);
        services.AddSingleton(folders);
        services.AddSingleton<ISubstrateLoader>(new Loader(this)).AddSingleton<IWorkspaceReader>(new Workspaces(this));
        services.AddSingleton(new SandboxesOptions()).AddSingleton<BuiltImages>().AddSingleton<TrialSources>().AddSingleton(new Lazy<TrialContainers>(() => throw new NotSupportedException()));
        services.AddKeyedSingleton<IReplayer>(SandboxingRegistration.Key, Replayer).AddKeyedSingleton<ISandboxEngine>(SandboxingRegistration.Key, Engine);
        services.AddSingleton<StepRunner>().AddSingleton<BuiltTrees>().AddSingleton<TrialRunner>();
        services.AddSingleton<IJudgeModels>(Judges).AddSingleton<JudgeCalibrator>();
        services.AddSingleton<IModelProxy>(Models).AddSingleton<TrialModels>();
        services.AddSingleton<TrialGrounds>().AddSingleton<TrialBoard>().AddSingleton<TrialFleet>().AddSingleton<TrialLooks>().AddSingleton<FiringProbe>().AddSingleton<TouchProbe>().AddSingleton<ILineCoverage, PythonCoverage>();
        services.AddMassTransitTestHarness(bus =>
        {
            bus.AddConsumer<BuildCandidateHandler>();
            bus.AddConsumer<RunTrialsHandler>();
            bus.AddConsumer<RunTrialHandler>(typeof(RunTrialDefinition));
            if (heard)
            {
                bus.AddConsumer<TrialRunHandler>();
            }

            bus.AddConsumer<JudgeTrialsHandler>();
            bus.AddConsumer<CancelWorkHandler>();
            bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
        });
        provider = services.BuildServiceProvider(validateScopes: true);
        Harness = provider.GetRequiredService<ITestHarness>();
        Harness.Bus.ConnectPublishObserver(log);
    }

    public SubstrateDeclaration Declaration { get; }

    public ITestHarness Harness { get; }

    public FakeClock Clock { get; } = new();

    public InMemoryStageLedger Ledger { get; } = new();

    public InMemoryArtifactStore Artifacts { get; } = new();

    public ScriptedModels Models { get; } = new();

    public ScriptedJudges Judges { get; } = new();

    /// <summary>Graders of a scenario instead of its usual one, by id.</summary>
    public Dictionary<string, Grader> Graders { get; } = new(StringComparer.Ordinal);

    public ScriptedReplayer Replayer { get; } = new();

    public ScriptedEngine Engine { get; } = new();

    /// <summary>What the candidate changed.</summary>
    public string Patch { get; set; } = "";

    /// <summary>Files of the candidate, by path.</summary>
    public Dictionary<string, string> Sources { get; } = new(StringComparer.Ordinal);

    public string BuiltTrees => root.Combine("built");

    /// <summary>What was replayed so far: scenario, tree, seed.</summary>
    public IEnumerable<string> Replayed => Replayer.Requests.Select(request => $"{request.Scenario.Id} {Path.GetFileName(Tree(request))[..1]}");

    public static StageReference Stage(string name = "Trial", int iteration = 1) => new(new Guid("11111111-1111-1111-1111-111111111111"), iteration, name, 1);

    public static Subject Subject(params string[] batch) => new("desk", Guid.Empty, Base, batch.Length > 0 ? batch : ["one", "two"]);

    public static RunTrials Baseline(int trials = 2) => new(Stage("Baseline", 0), Subject(), null, [], trials);

    public static RunTrials Paired(params TrialRow[] rows) => new(Stage(), Subject(), Candidate, rows, 0);

    /// <summary>A candidate that is looked at after every so many trials.</summary>
    public static RunTrials Watched(int step, params TrialRow[] rows) => Paired(rows) with { TrialsPerScenario = step, Alpha = 0.05 };

    /// <param name="change">Of the substrate's declaration.</param>
    /// <param name="heard">Whether the stage hears of trials that ended; without it time is <see cref="Clock"/>.</param>
    public static async Task<TrialsBench> StartAsync(Func<SubstrateDeclaration, SubstrateDeclaration>? change = null, bool heard = true)
    {
        var declaration = new SubstrateDeclaration("desk") { Trial = new TrialStep(["python3", "main.py"]) };
        var bench = new TrialsBench((change ?? (same => same))(declaration), heard);
        await bench.Harness.Start();
        return bench;
    }

    /// <summary>Notices that were published.</summary>
    public IEnumerable<T> Told<T>() => log.All.OfType<T>();

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(object command)
        where TAnswer : class
    {
        await Harness.Bus.Publish(command);
        var answer = await log.Answers.ReadAsync().AsTask().WaitAsync(Patience);
        return answer as TAnswer ?? throw new ShouldAssertException(answer.ToString());
    }

    /// <summary>Waits until nothing runs: an answer is heard before its stage has ended, and who asks until then is not answered again.</summary>
    public Task IdleAsync() => Eventually.HoldsAsync(() => provider.GetRequiredService<RunningStages>().Keys.Count == 0);

    /// <summary>Hands a trial out once more, and waits until a runner is done with it.</summary>
    public async Task AskAgainAsync(RunTrial trial)
    {
        var before = Told<TrialRun>().Count();
        await Harness.Bus.Publish(trial);
        await log.UntilAsync(() => Told<TrialRun>().Count() > before).WaitAsync(Patience);
    }

    /// <summary>Waits until runners are done with so many trials.</summary>
    public Task RunAsync(int trials) => log.UntilAsync(() => Told<TrialRun>().Count() >= trials).WaitAsync(Patience);

    public async Task<string> TextOfAsync(string artifact) => Encoding.UTF8.GetString((await Artifacts.FindAsync(artifact, CancellationToken.None))!);

    public async Task<JsonElement> JsonOfAsync(string artifact) => JsonDocument.Parse(await TextOfAsync(artifact)).RootElement;

    /// <summary>Returns when every consumer has.</summary>
    public Task StopAsync() => Harness.Stop();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await provider.DisposeAsync();
        folders.Dispose();
        root.Dispose();
    }

    /// <summary>The tree that was replayed.</summary>
    public static string Tree(ReplayRequest request) => request.Source.ShouldBeOfType<ReplaySource.Tree>().Path;

    private string Tree(string commit) => root.Combine("trees", commit);

    private Scenario Scenario(string id, int seed) => new(id, id, null, [Graders.GetValueOrDefault(id, new Grader.Exact("k", 1))]) { Seed = seed };

    private sealed class Loader(TrialsBench bench) : ISubstrateLoader
    {
        public Task<LoadedSubstrate> LoadAsync(string name, string commit, CancellationToken cancellationToken)
        {
            (name, commit).ShouldBe(("desk", Base));
            return Task.FromResult(new LoadedSubstrate(
                new("desk", "/repository"), bench.Declaration, new(commit), bench.Tree(commit), [bench.Scenario("one", 1), bench.Scenario("three", 3), bench.Scenario("two", 2)]));
        }
    }

    private sealed class Workspaces(TrialsBench bench) : IWorkspaceReader
    {
        public Task<string> CheckoutAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => Task.FromResult(bench.Tree(commit.Value));

        public Task<TreeHash> TreeOfAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => Task.FromResult(new TreeHash(new('7', 40)));

        public Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CommitHash> ResolveAsync(string repository, string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<string>> ListFilesAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<byte[]?> ReadFileAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken)
        {
            commit.Value.ShouldBe(Candidate);
            return Task.FromResult<byte[]?>(bench.Sources.TryGetValue(path, out var source) ? Encoding.UTF8.GetBytes(source) : null);
        }

        public Task<Stream> ArchiveAsync(string repository, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> IsAncestorAsync(string repository, CommitHash ancestor, CommitHash descendant, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Diff> DiffAsync(string repository, CommitHash from, CommitHash to, CancellationToken cancellationToken)
        {
            (from.Value, to.Value).ShouldBe((Base, Candidate));
            return Task.FromResult(new Diff(bench.Patch, []));
        }
    }
}

/// <summary>Passes everything unless told otherwise.</summary>
internal sealed class ScriptedReplayer : IReplayer
{
    public ConcurrentQueue<ReplayRequest> Requests { get; } = [];

    public Func<ReplayRequest, CancellationToken, Task<Replay>> Run { get; set; } = (_, _) => Task.FromResult(Of(TrialOutcome.Passed));

    public static Replay Of(TrialOutcome outcome, string note = "")
    {
        var score = outcome == TrialOutcome.Passed ? 1 : 0;
        return new(outcome, score, [new("k", score, note)]) { Note = note, Trace = new("out", "err", "talk", "answer") };
    }

    public Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return Run(request, cancellationToken);
    }
}

/// <summary>Ends every run well unless told otherwise.</summary>
internal sealed class ScriptedEngine : ISandboxEngine
{
    public ConcurrentQueue<SandboxSpec> Specs { get; } = [];

    public Func<SandboxSpec, SandboxResult> Run { get; set; } = _ => new SandboxResult.Exited(0);

    public string Name => "scripted";

    public static string Source(SandboxSpec spec) => spec.Mounts.OfType<SandboxMount.Writable>().Single(mount => mount.Target == "/moss/source").Source;

    public Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        Specs.Enqueue(spec);
        return Task.FromResult(Run(spec));
    }
}
