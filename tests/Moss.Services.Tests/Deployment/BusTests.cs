using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Deployment;
using Moss.Deployment.Starting;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.ServiceDefaults.Bus;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment;

/// <summary>The service as it is composed: on the bus, with its own catalog, on a real repository with a real moss.yaml.</summary>
public sealed class BusTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder data = new();
    private readonly int port = FreePorts.Take();
    private readonly Inbox inbox = new();
    private readonly TemporaryRepository repository;
    private readonly IHost host;

    public BusTests()
    {
        repository = new TemporaryRepository(("moss.yaml", Declaration()), ("server.py", DeskServer.Script), ("behaviour", "healthy\n"));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ISubstrateDirectory>(new OneSubstrate(repository.Path));
        builder.Services.AddWorkspaceWriter(new WorkspaceSettings(data.Path));
        builder.Services.AddStableBranch();
        builder.Services.AddArtifacts(data.Combine("artifacts"));
        builder.Services.AddDeployment(options => options.Folder = data.Combine("deployments"));
        builder.Services.AddSingleton(provider => new InMemoryEventStore(provider.GetRequiredService<EventCatalog>()));
        builder.Services.AddSingleton<IEventAppender>(provider => provider.GetRequiredService<InMemoryEventStore>());
        builder.Services.AddSingleton<IEventReader>(provider => provider.GetRequiredService<InMemoryEventStore>());
        builder.Services.AddSingleton(inbox);
        builder.Services.AddConsumersOf(bus => bus.AddConsumer<Listener>());
        builder.Services.AddInMemoryBus();
        host = builder.Build();
    }

    public Task InitializeAsync() => host.StartAsync();

    public async Task DisposeAsync()
    {
        await Keeper.StopAsync("desk", default);
        await host.StopAsync();
    }

    public void Dispose()
    {
        host.Dispose();
        repository.Dispose();
        data.Dispose();
    }

    private InstanceKeeper Keeper => host.Services.GetRequiredService<InstanceKeeper>();

    [Fact]
    public async Task A_command_is_answered_on_the_bus_and_a_repeated_one_in_the_same_way()
    {
        var start = repository.Head;
        (await Keeper.StartAsync("desk", null, default)).ShouldBeOfType<StartOutcome.Done>();
        var candidate = repository.Commit("Better", ("behaviour", "better\n"));
        var command = Command(candidate, start);

        var first = await AskAsync<CandidatePromoted>(command);
        var second = await AskAsync<CandidatePromoted>(command);

        first.Commit.ShouldBe(candidate);
        second.ShouldBeEquivalentTo(first);
        repository.Git("rev-parse", "moss/evolved").ShouldBe(candidate);
        File.ReadAllLines(data.Combine("deployments", "desk", "state", "starts")).ShouldBe(["healthy", "better"]);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        var candidate = repository.Commit("Better", ("behaviour", "better\n"));

        (await AskAsync<PromotionRefused>(Command(candidate, candidate))).Ground.ShouldBe("NoTarget");
    }

    [Fact]
    public async Task A_declaration_that_cannot_be_read_is_told_with_its_line()
    {
        var broken = repository.Commit("Break the declaration", ("moss.yaml", "name: desk\ndeploy: { port: many }\n"));

        var refused = (await Keeper.StartAsync("desk", broken, default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Detail.ShouldContain("moss.yaml:");
        refused.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_commit_without_a_declaration_is_told()
    {
        repository.Git("rm", "--quiet", "moss.yaml");
        var bare = repository.Commit("Remove the declaration");

        (await Keeper.StartAsync("desk", bare, default)).ShouldBeOfType<StartOutcome.Refused>().Detail.ShouldContain("has no moss.yaml");
    }

    [Fact]
    public async Task The_stable_branch_is_the_one_that_the_declaration_names()
    {
        var stable = repository.Head;
        repository.Branch("experiment");
        repository.Commit("Try something", ("behaviour", "sick\n"));

        (await Keeper.StartAsync("desk", null, default)).ShouldBeOfType<StartOutcome.Done>();

        (await host.Services.GetRequiredService<Journals>().DeploymentAsync("desk", default)).State.Served!.Commit.ShouldBe(stable);
    }

    private PromoteCandidate Command(string commit, string basedOn)
    {
        var (evolution, tree) = (Guid.NewGuid(), repository.Git("rev-parse", commit + "^{tree}"));
        var now = TimeProvider.System.GetUtcNow();
        return new PromoteCandidate(
            new StageReference(evolution, 1, "Promote", 1), new Subject("desk", Guid.NewGuid(), basedOn, []), commit, tree,
            new ConsentGrant(evolution, commit, tree, "ada", now, now.AddHours(1)));
    }

    private async Task<T> AskAsync<T>(PromoteCandidate command)
    {
        await host.Services.GetRequiredService<IBus>().Publish(command);
        using var patience = new CancellationTokenSource(World.Patience);
        return (await inbox.Answers.Reader.ReadAsync(patience.Token)).ShouldBeOfType<T>();
    }

    private string Declaration() => $$"""
        name: desk
        trial: { command: [python3, server.py] }
        deploy:
          command: [python3, server.py]
          port: {{port}}
          probes: [ { http: { path: /health } } ]
          window: 20s
          interval: 50ms
          minimumHealthy: 0s
          grace: 5s
        """;

    private sealed class OneSubstrate(string path) : ISubstrateDirectory
    {
        public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult(name == "desk" ? new SubstrateEntry("desk", path) : null);
    }

    private sealed class Inbox
    {
        public Channel<object> Answers { get; } = Channel.CreateUnbounded<object>();
    }

    private sealed class Listener(Inbox inbox) : IConsumer<CandidatePromoted>, IConsumer<PromotionRefused>, IConsumer<StageBroke>
    {
        public Task Consume(ConsumeContext<CandidatePromoted> context) => KeepAsync(context.Message, context.CancellationToken);

        public Task Consume(ConsumeContext<PromotionRefused> context) => KeepAsync(context.Message, context.CancellationToken);

        public Task Consume(ConsumeContext<StageBroke> context) => KeepAsync(context.Message, context.CancellationToken);

        private Task KeepAsync(object answer, CancellationToken cancellationToken) => inbox.Answers.Writer.WriteAsync(answer, cancellationToken).AsTask();
    }
}
