using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.Contracts.Deployment;
using Moss.Domain.Evidence;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Ingestion.Batches;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Services.Tests.Deployment.Swapping;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A real container that took the place of another one by a promotion and is watched; the failure that it was to repair was reported once since.</summary>
internal sealed class SwapWatch : IAsyncDisposable
{
    private readonly string before;
    private readonly IReadOnlyList<Guid> reports;

    private SwapWatch(SwapSubject subject, string before, Life moss, IReadOnlyList<Guid> reports) =>
        (Subject, this.before, Moss, this.reports) = (subject, before, moss, reports);

    public SwapSubject Subject { get; }

    public Life Moss { get; }

    public static async Task<SwapWatch> BegunAsync(DockerUnderTest docker, string restartPolicy, Action<JsonObject>? change = null)
    {
        var subject = await SwapSubject.ServingAsync(docker, body =>
        {
            body["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = restartPolicy };
            change?.Invoke(body);
        });
        var (world, failures) = (subject.World, new ReportedFailures(subject.World));
        Watched.Declare(world, new WatchDeclaration());
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        var command = await world.ImageCommandAsync(world.Version("better"));
        await failures.StoreAsync(command.Stage.EvolutionId);
        var moss = world.Moss();
        await moss.PromoteAsync<CandidatePromoted>(command);
        await moss.Watches.LookAsync(World.Substrate, default);
        await moss.Watches.LookAsync(World.Substrate, default);
        var reports = await failures.ReportAsync(1);
        await failures.ReadFeedAsync(moss);
        return new SwapWatch(subject, before, moss, reports);
    }

    public Task LookAsync() => Moss.Watches.LookAsync(World.Substrate, default);

    /// <summary>The very container before serves on the same state, and the batch is open again with what was reported and why.</summary>
    public async Task ShouldBeRolledBackAsync(string reason)
    {
        await Subject.AssertOneAsync("healthy");
        (await Subject.InspectAsync())["Id"]!.GetValue<string>().ShouldBe(before);
        var state = await Subject.World.DeploymentAsync();
        (state.Cause, state.Rollback!.Done, state.Watch!.Outcome).ShouldBe((ServingCause.Rollback, true, WatchOutcome.RolledBack));
        state.Rollback.Decided.Reason.ShouldStartWith(reason);
        state.Rollback.Decided.Reason.ShouldContain("starting better");

        var batch = await ReopenedAsync();
        batch.Evidence.Select(item => item.Evidence).ShouldContain(reports.ShouldHaveSingleItem());
        batch.Reopenings.ShouldHaveSingleItem().Reason.ShouldBe(state.Rollback.Decided.Reason);
    }

    public async Task ShouldBeWatchedOnAsync(int repairs)
    {
        await Subject.AssertOneAsync("better");
        var state = await Subject.World.DeploymentAsync();
        (state.Watch!.Open, state.Watch.Repairs, state.Rollback).ShouldBe((true, repairs, null));
    }

    public async ValueTask DisposeAsync()
    {
        await Moss.DisposeAsync();
        await Subject.DisposeAsync();
    }

    private async Task<Batch> ReopenedAsync()
    {
        var (store, clock) = (Subject.World.Store, Subject.World.Clock);
        var streams = new BatchStreams(store, clock);
        using var index = new BatchIndex(store, clock, NullLogger<BatchIndex>.Instance);
        await index.StartAsync(default);
        var reopening = new BatchReopening(streams, index);
        foreach (var stored in await store.ReadFeedAsync(0, 10_000, default))
        {
            await reopening.HandleAsync(stored, default);
        }

        await index.StopAsync(default);
        return (await streams.LoadAsync(ReportedFailures.Repaired, default)).Batch;
    }
}
