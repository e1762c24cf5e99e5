using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moss.Artifacts;
using Moss.CodingAgents;
using Moss.CodingAgents.Sessions;
using Moss.Contracts;
using Moss.Implementation;
using Moss.Planning;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Artifacts;
using Moss.Workspaces;

namespace Moss.Services.Tests.Agents;

/// <summary>
/// Planning and Implementation on a bus of their own, with a small substrate in real git, a shell script as its coding agent and
/// the real sandbox around it.
/// </summary>
internal sealed class Workshop : IAsyncDisposable
{
    public static readonly Guid Evolution = new("01980000-0000-7000-8000-000000000001");

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder data = new();
    private readonly TemporaryRepository repository;
    private readonly Answers answers = new();
    private readonly IHost host;

    private Workshop(
        CommandAgent agent, TimeSpan timeout, FixedEvidence evidence, string? fallback = null, ICodingAgent? moody = null, RealAgent? real = null)
    {
        repository = new(
            ("moss.yaml", Declaration(agent, timeout, fallback, real)),
            ("src/answer.py", "x = 1\n"),
            ("requirements.txt", "\n"),
            ("README.md", "The desk.\n"),
            ("scenarios/late.json", Scenario("late", "It is late")),
            ("scenarios/held-out.json", Scenario("held-out", "the hidden one")));
        Base = repository.Head;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var services = builder.Services;
        services.AddProcesses().AddSandboxes(new() { Folder = data.Combine("sandboxes") });
        Git = new(new WorkspaceSettings(data.Path), new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System), TimeProvider.System);
        services.AddSingleton<IWorkspaceReader>(Git).AddSingleton<IWorkspaceWriter>(Git);
        services.AddSingleton<IArtifactStore>(Artifacts).AddSingleton<IStageLedger>(Ledger);
        services.AddSingleton<IEvidenceReader>(evidence);
        services.AddSingleton<ITryHost, NobodyTries>();
        services.AddSingleton<ISubstrateDirectory>(new OneSubstrate(new("desk", repository.Path)));
        services.AddSingleton(real?.Sessions(data.Combine("agents")) ?? new AgentSessionOptions { SessionsFolder = data.Combine("agents") });
        real?.AddModel(services, data);
        services.AddSingleton(answers);
        if (moody is not null)
        {
            services.AddSingleton(moody);
        }

        builder.AddPlanning().AddImplementation();
        services.AddConsumersOf(bus => bus.AddConsumer<AnswerBox>());
        services.AddInMemoryBus();
        host = builder.Build();
    }

    /// <summary>Where it keeps everything of its own, on the host.</summary>
    public string Data => data.Path;

    public string Base { get; }

    public string Repository => repository.Path;

    public GitWorkspaces Git { get; }

    public InMemoryArtifactStore Artifacts { get; } = new();

    public InMemoryStageLedger Ledger { get; } = new();

    public Subject Subject => new("desk", new("01980000-0000-7000-8000-0000000000b1"), Base, ["late"]);

    public string Worktrees => data.Combine("worktrees");

    public string Sessions => data.Combine("agents");

    public RunningStages Running => host.Services.GetRequiredService<RunningStages>();

    public IHostedLifecycleService Sweep => host.Services.GetServices<IHostedService>().OfType<WorkspaceSweep>().Single();

    public static Task<Workshop> OpenAsync(string script, TimeSpan? timeout = null, params ImmutableArray<BatchEvidence> evidence) =>
        OpenAsync(new CommandAgent(["sh", "-c", script]), timeout, evidence);

    public static async Task<Workshop> OpenAsync(CommandAgent agent, TimeSpan? timeout = null, params ImmutableArray<BatchEvidence> evidence)
    {
        var shop = new Workshop(agent, timeout ?? TimeSpan.FromMinutes(2), new(evidence));
        await shop.host.StartAsync();
        return shop;
    }

    /// <summary>With another script that is asked when the first cannot go on.</summary>
    public static async Task<Workshop> OpenWithFallbackAsync(string script, string fallback)
    {
        var shop = new Workshop(new CommandAgent(["sh", "-c", script]), TimeSpan.FromMinutes(2), new([]), fallback);
        await shop.host.StartAsync();
        return shop;
    }

    /// <summary>With an agent of Moss's own in place of the script.</summary>
    public static async Task<Workshop> OpenAsync(MoodyAgent agent)
    {
        var shop = new Workshop(new CommandAgent(["true"]), TimeSpan.FromMinutes(2), new([]), moody: agent);
        await shop.host.StartAsync();
        return shop;
    }

    /// <summary>With the real program of a coding agent, asking a scripted model.</summary>
    public static async Task<Workshop> OpenAsync(RealAgent agent)
    {
        var shop = new Workshop(new CommandAgent(["true"]), TimeSpan.FromMinutes(2), new([]), real: agent);
        await shop.host.StartAsync();
        return shop;
    }

    /// <summary>The first answer to a command.</summary>
    public async Task<object> AskAsync(object command)
    {
        await SendAsync(command);
        return await NextAsync();
    }

    public Task SendAsync(object command) => host.Services.GetRequiredService<IBus>().Publish(command, command.GetType());

    public async Task<object> NextAsync() => await answers.Channel.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(3));

    public static StageReference Stage(string name, int round = 1) => new(Evolution, 1, name, round);

    public Task<string> KeepAsync(string text) => Artifacts.KeepAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);

    public async Task<string> TextAsync(string hash) => Encoding.UTF8.GetString((await Artifacts.FindAsync(hash, CancellationToken.None))!);

    public string GitLog(params ReadOnlySpan<string> arguments) => repository.Git(arguments);

    /// <summary>A branch at the base with one commit more.</summary>
    public string Commit(string branch, string message, params (string Path, string Text)[] files)
    {
        repository.Git("checkout", "-q", "-b", branch, Base);
        var commit = repository.Commit(message, files);
        repository.Git("checkout", "-q", "main");
        return commit;
    }

    public IEnumerable<string> Leases() => Directory.Exists(Worktrees) ? Directory.EnumerateDirectories(Worktrees, "*i1.implement*", SearchOption.AllDirectories) : [];

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        repository.Dispose();
        data.Dispose();
    }

    /// <summary>JSON is YAML too, and quotes whatever stands in a script.</summary>
    private static string Declaration(CommandAgent agent, TimeSpan timeout, string? fallback, RealAgent? real) => JsonSerializer.Serialize(
        new
        {
            name = "desk",
            trial = new { command = (string[])["python3", "src/answer.py"] },
            scope = new { editable = (string[])["src/**", "requirements.txt"], dependencies = (string[])["requirements.txt"], maxFiles = 3, maxLines = 20 },
            agents = new
            {
                @default = real?.Name ?? "script", models = real?.Models ?? [], fallback = fallback is null ? (string[])[] : ["other"],
                commands = new
                {
                    script = new { command = agent.Command, network = agent.Network },
                    other = new { command = ImmutableArray.Create("sh", "-c", fallback ?? "exit 127"), network = false },
                },
            },
            budget = new { agentTimeout = $"{timeout.TotalSeconds}s" },
        },
        Plain);

    private static string Scenario(string id, string title) => JsonSerializer.Serialize(
        new { id, title, input = new { }, graders = new[] { new { id = "value", kind = "jsonPathEquals", path = "$.value", value = 2 } } }, Plain);
}
