using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Containers.Engine;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.ModelProxy;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Bus;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Artifacts;
using Moss.Trials;
using Moss.Trials.Sandboxing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Trials.Containers;

/// <summary>The service of trials as it runs in production, on a real daemon and a real repository; only the store is in memory.</summary>
internal sealed class ContainerBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder root = new();
    private readonly IHost host;
    private readonly PublishLog log = new();

    private ContainerBench(DeskRepository desk, params IEnumerable<(string Key, string Value)> settings)
    {
        Desk = desk;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{SandboxesOptions.Section}:{setting.Key}", (string?)setting.Value)));
        builder.Services.AddSingleton<IStageLedger>(new InMemoryStageLedger()).AddSingleton<IArtifactStore>(Artifacts);
        builder.Services.AddSandboxes(new SandboxOptions { Folder = root.Combine("sandboxes"), AllowUnlimitedProcesses = true });
        builder.Services.AddWorkspaceReader(new WorkspaceSettings(root.Combine("data")));
        builder.Services.AddSingleton<ISubstrateDirectory>(desk);
        builder.Services.Configure<TrialsOptions>(trials => (trials.BuiltTrees, trials.Parallelism) = (root.Combine("built"), 2));
        builder.Services.AddModelProxy(builder.Configuration);
        builder.Services.AddTrials();
        builder.Services.AddInMemoryBus();
        host = builder.Build();
    }

    public DeskRepository Desk { get; }

    public InMemoryArtifactStore Artifacts { get; } = new();

    public TrialContainers Containers => host.Services.GetRequiredService<TrialContainers>();

    /// <summary>Trials that have ended so far.</summary>
    public int Finished => log.All.OfType<TrialFinished>().Count();

    /// <param name="socket">Where the daemon listens.</param>
    /// <param name="desk">What is tried.</param>
    /// <param name="settings">Below Moss:Sandboxes, and those that name the daemon.</param>
    public static async Task<ContainerBench> StartAsync(string socket, DeskRepository desk, params IEnumerable<(string Key, string Value)> settings)
    {
        var bench = new ContainerBench(desk, [("Engine", "docker"), ("Socket", socket), .. settings]);
        await bench.host.StartAsync();
        bench.host.Services.GetRequiredService<IBus>().ConnectPublishObserver(bench.log);
        return bench;
    }

    public static StageReference Stage(string name, int round = 1) => new(new Guid("22222222-2222-2222-2222-222222222222"), 1, name, round);

    public BuildCandidate Build(string commit) => new(Stage("Build"), Desk.Subject, commit);

    public RunTrials Trials(string candidate, string? image, params IEnumerable<(string Scenario, int Trials)> rows) =>
        new(Stage("Trial"), Desk.Subject, candidate, [.. rows.Select(row => new TrialRow(row.Scenario, "Batch", row.Trials))], 0, image);

    /// <summary>Sends a command.</summary>
    public Task SendAsync(object command) => host.Services.GetRequiredService<IBus>().Publish(command);

    /// <summary>Waits for the answer of a stage.</summary>
    public async Task<TAnswer> AnswerAsync<TAnswer>()
        where TAnswer : class
    {
        var answer = await log.Answers.ReadAsync().AsTask().WaitAsync(Patience);
        return answer as TAnswer ?? throw new ShouldAssertException(answer.ToString());
    }

    public async Task<TAnswer> AskAsync<TAnswer>(object command)
        where TAnswer : class
    {
        await SendAsync(command);
        return await AnswerAsync<TAnswer>();
    }

    /// <summary>Builds a candidate, and returns the id of its image.</summary>
    public async Task<string> BuiltAsync(string commit) => (await AskAsync<CandidateBuilt>(Build(commit))).Image.ShouldNotBeNull();

    /// <summary><c>echo baseline Failed</c>, for each trial.</summary>
    public async Task<IReadOnlyList<string>> OutcomesAsync(RunTrials command) => Outcomes(await AskAsync<TrialsCompleted>(command));

    public static IReadOnlyList<string> Outcomes(TrialsCompleted completed) =>
        [.. completed.Trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial.Scenario} {trial.Arm} {trial.Outcome}")).Order(StringComparer.Ordinal)];

    /// <summary>Sandbox containers at the engine.</summary>
    public static async Task<IReadOnlyList<string>> LeftAsync(EngineClient engine) =>
        [.. (await engine.Containers.ListAsync(["moss.owner"], CancellationToken.None)).SelectMany(container => container.Names).Where(name => name.StartsWith("/moss-sandbox-", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        root.Dispose();
    }
}
