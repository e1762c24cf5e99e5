using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Deployment.Watching;
using Moss.Domain.Promotion;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.Processes;
using Moss.Records;
using Moss.Substrates;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Services.Tests.Deployment.Watching;
using Moss.Testing;
using Moss.Testing.Docker;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment;

/// <summary>What outlives Moss: the store, the repository, the machine with its processes.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Substrate = "desk";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ImmutableArray<string> Server = ["python3", "server.py"];

    private readonly TemporaryFolder folder = new();

    private World(DeployStep? deploy, TimeProvider clock, FakeMachine? machine, ContainerWorld? containers = null)
    {
        (Clock, Machine, Containers) = (clock, machine, containers);
        var catalog = new EventCatalog();
        EventNames.Add(catalog);
        Store = new InMemoryEventStore(catalog);
        Repository = new FakeRepository(folder.Combine("source"), Substrate);
        Repository.Declaration = Repository.Declaration with { Deploy = deploy };
        Base = Version("healthy");
        Repository.Branches["main"] = Base.Value;
    }

    public FakeMachine? Machine { get; }

    /// <summary>The engine with its containers; null where processes are run.</summary>
    public ContainerWorld? Containers { get; }

    public IEventStore Store { get; }

    public FakeRepository Repository { get; }

    public TimeProvider Clock { get; }

    /// <summary>What goes wrong around every life of Moss.</summary>
    public Surroundings Around { get; } = new();

    /// <summary>What watches read.</summary>
    public FakeMetrics Metrics { get; } = new();

    /// <summary>What reads it.</summary>
    public IMetricSource? MetricSource { get; set; }

    public string Folder => folder.Combine("deployments");

    public string State => Path.Combine(Folder, Substrate, "state");

    public CommitHash Base { get; }

    public int Port => Repository.Declaration.Deploy!.Port;

    /// <summary>Real processes of a real server.</summary>
    public static World Real() => new(Asked(new DeployStep(Server) { Port = FreePorts.Take() }), TimeProvider.System, null);

    /// <summary>
    /// Processes in a table, in hurried time; a version is sick when its tree holds the file <c>sick</c>, and ends at once with
    /// the file <c>boot</c>.
    /// </summary>
    public static World Fake() => Fake(new HurryingClock());

    /// <summary>The same in another time.</summary>
    public static World Fake(TimeProvider clock) => new(
        new DeployStep(["server"])
        {
            Probes = [new Probe.Heartbeat(FakeMachine.Heartbeat, TimeSpan.FromHours(1))],
            Interval = TimeSpan.FromMilliseconds(50),
            Window = TimeSpan.FromSeconds(1),
            MinimumHealthy = TimeSpan.Zero,
        },
        clock,
        new FakeMachine(clock));

    /// <summary>Containers in a table, in hurried time; a version behaves as its commit is called.</summary>
    public static World FakeContainers()
    {
        var clock = new HurryingClock();
        return new World(
            new DeployStep([])
            {
                Container = new ContainerTarget("/state"),
                Probes = [new Probe.Heartbeat(FakeMachine.Heartbeat, TimeSpan.FromHours(1))],
                Interval = TimeSpan.FromMilliseconds(50),
                Window = TimeSpan.FromSeconds(1),
                MinimumHealthy = TimeSpan.Zero,
            },
            clock,
            null,
            ContainerWorld.Fake(clock));
    }

    /// <summary>Real containers of a real server.</summary>
    public static World RealContainers(DockerServer server, string network) => new(
        Asked(new DeployStep(Server) { Container = new ContainerTarget("/state") { MemoryBytes = 256L << 20 }, Port = FreePorts.Take() }),
        TimeProvider.System,
        null,
        ContainerWorld.Real(server, network));

    /// <summary>A container that runs already, and that Moss did not make.</summary>
    public static World RealSwap(DockerServer server, SwapTarget target) => new(
        Asked(new DeployStep([]) { Swap = target, Port = 8080 }), TimeProvider.System, null, ContainerWorld.Real(server, null));

    public static World Library() => new(null, TimeProvider.System, new FakeMachine(TimeProvider.System));

    /// <summary>A commit that behaves so.</summary>
    /// <param name="behaviour">As <see cref="DeskServer"/> knows it.</param>
    /// <param name="instructions">What its image is made by beside the usual.</param>
    public CommitHash Version(string behaviour, string instructions = "")
    {
        var commit = Repository.Commit(behaviour, ("server.py", DeskServer.Script), ("behaviour", behaviour), (behaviour, instructions));
        Containers?.Behaviours.TryAdd(commit.Value, behaviour);
        Containers?.Instructions.TryAdd(commit.Value, instructions);
        return commit;
    }

    public PromoteCandidate Command(CommitHash commit, Guid? evolution = null, CommitHash? basedOn = null)
    {
        var id = evolution ?? Guid.NewGuid();
        var tree = Repository.TreeOf(commit);
        var now = Clock.GetUtcNow();
        return new PromoteCandidate(
            new StageReference(id, 1, "Promote", 1), new Subject(Substrate, Guid.NewGuid(), (basedOn ?? Base).Value, []), commit.Value, tree,
            new ConsentGrant(id, commit.Value, tree, "ada", now, now.AddHours(1)));
    }

    /// <summary>The same for a candidate that was tried as an image.</summary>
    public async Task<PromoteCandidate> ImageCommandAsync(CommitHash commit, CommitHash? basedOn = null)
    {
        var command = Command(commit, basedOn: basedOn);
        var image = await Containers!.ImageAsync(commit.Value);
        return command with { Image = image, Consent = command.Consent with { Image = image } };
    }

    /// <summary>Moss starts.</summary>
    public Life Moss(KillSwitch? kill = null, TimeSpan? keepReplaced = null) => new(this, kill ?? KillSwitch.Never, keepReplaced ?? TimeSpan.FromDays(1));

    /// <summary>The base version serves.</summary>
    public async Task<World> ServingAsync()
    {
        await using var moss = Moss();
        (await moss.Keeper.StartAsync(Substrate, null, default)).ShouldBe(new StartOutcome.Done());
        return this;
    }

    public async Task<DeploymentState> DeploymentAsync()
    {
        var state = DeploymentState.None;
        await foreach (var stored in Store.ReadStreamAsync(new StreamId("deployment-" + Substrate), 0, default))
        {
            state = state.Apply((DeploymentEvent)stored.Data);
        }

        return state;
    }

    public async Task<IReadOnlyList<PromotionEvent>> JournalAsync(PromoteCandidate command)
    {
        var events = new List<PromotionEvent>();
        await foreach (var stored in Store.ReadStreamAsync(new StreamId($"promotion-{command.Stage.EvolutionId:n}"), 0, default))
        {
            events.Add((PromotionEvent)stored.Data);
        }

        return events;
    }

    /// <summary>What the server that runs now says it is.</summary>
    public async Task<string> AskAsync()
    {
        using var client = new HttpClient { Timeout = Patience };
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{Port}/"));
    }

    /// <summary>The starts that the state folder has seen, in order; every version wrote to the same file.</summary>
    public string[] Starts() => File.ReadAllLines(Path.Combine(State, "starts"));

    public async ValueTask DisposeAsync()
    {
        if (Containers is not null)
        {
            await Containers.RemoveEverythingAsync(Substrate);
        }
        else if (Machine is null)
        {
            await StopEverythingAsync();
        }

        await Store.DisposeAsync();
        folder.Dispose();
    }

    // How a real server is asked whether it is healthy.
    private static DeployStep Asked(DeployStep step) => step with
    {
        Probes = [new Probe.Http("/health")],
        Interval = TimeSpan.FromMilliseconds(50),
        Window = TimeSpan.FromSeconds(30),
        MinimumHealthy = TimeSpan.Zero,
        Grace = TimeSpan.FromSeconds(5),
    };

    private async Task StopEverythingAsync()
    {
        var processes = new DetachedProcesses(ProcessLauncher.Shared, TimeProvider.System);
        foreach (var identity in ProcessTable.StartedWith("MOSS_STATE", State))
        {
            await processes.StopAsync(identity, TimeSpan.Zero, default);
        }
    }
}
