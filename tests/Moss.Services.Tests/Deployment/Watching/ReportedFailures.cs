using Moss.Domain.Evidence;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A failure that a promoted change was to repair, and later reports of failures.</summary>
internal sealed class ReportedFailures(World world)
{
    /// <summary>The batch with the failure.</summary>
    public static readonly Guid Repaired = Guid.NewGuid();

    private static readonly Guid Later = Guid.NewGuid();

    /// <summary>An evolution was to repair it.</summary>
    public async Task StoreAsync(Guid evolution)
    {
        await AppendAsync(new($"batch-{Repaired:n}"), Repaired, new BatchOpened(Repaired, World.Substrate), Added("refund", "f1", TimeSpan.Zero));
        await AppendAsync(new($"evolution-{evolution:n}"), evolution, new EvolutionFacts(evolution).Started() with { Batch = Repaired });
    }

    /// <summary>So many are reported in another batch, while what repaired it is watched.</summary>
    /// <param name="count">How many.</param>
    /// <param name="scenario">Of what.</param>
    /// <param name="fingerprint">How they look.</param>
    /// <param name="after">When they happened, from the start of the watch on.</param>
    public async Task<List<Guid>> ReportAsync(int count, string scenario = "refund", string fingerprint = "f1", TimeSpan? after = null)
    {
        var start = (await world.DeploymentAsync()).Watch!.Start.At;
        var added = Enumerable.Range(0, count).Select(_ => Added(scenario, fingerprint, start + (after ?? TimeSpan.FromMinutes(1)) - world.Clock.GetUtcNow())).ToList();
        await AppendAsync(new($"batch-{Later:n}"), Later, [new BatchOpened(Later, World.Substrate), .. added]);
        return [.. added.Select(one => one.Evidence)];
    }

    /// <summary>Moss hears of everything that is stored.</summary>
    public async Task ReadFeedAsync(Life moss)
    {
        var recurrences = moss.Recurrences;
        foreach (var stored in await world.Store.ReadFeedAsync(0, 10_000, default))
        {
            await recurrences.HandleAsync(stored, default);
        }
    }

    private EvidenceAdded Added(string scenario, string fingerprint, TimeSpan after) =>
        new(Guid.NewGuid(), scenario, "user", null, null, world.Clock.GetUtcNow() + after, "wrong again", "", null, 0, fingerprint);

    private Task AppendAsync(StreamId stream, Guid correlation, params object[] events) => world.Store.AppendAsync(
        stream, ExpectedVersion.Any, [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(correlation.ToString(), "", "test", world.Clock.GetUtcNow())))], default);
}
