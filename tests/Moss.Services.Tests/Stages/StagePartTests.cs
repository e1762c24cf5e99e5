using Microsoft.Extensions.Logging.Abstractions;
using Moss.Contracts;
using Moss.EventStore.Turns;
using Moss.ServiceDefaults.Stages;
using Moss.Testing.Artifacts;

namespace Moss.Services.Tests.Stages;

/// <summary>The desk, asked for parts of a stage of which many are handed out at once.</summary>
public sealed class StagePartTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Workshop workshop = new();
    private readonly RunningStages running = new();
    private readonly StageReference stage = new(Guid.NewGuid(), 1, "Trial", 1);

    public void Dispose() => running.Dispose();

    [Fact]
    public async Task A_part_is_done_once_for_all_who_ask_while_it_runs()
    {
        workshop.Hold();
        var first = PartAsync("one", CancellationToken.None);
        await workshop.StartedAsync(1);

        var again = PartAsync("one", CancellationToken.None);
        workshop.Release();
        await Task.WhenAll(first, again);

        workshop.Runs.ShouldBe(1);
        running.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_whose_connection_ended_before_it_was_told_of_is_answered_when_it_is_asked_for_again()
    {
        workshop.Hold();
        using var connection = new CancellationTokenSource();
        var unheard = PartAsync("one", connection.Token);
        await workshop.StartedAsync(1);
        await connection.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => unheard);

        var again = PartAsync("one", CancellationToken.None);
        workshop.Release();
        await again;

        workshop.Runs.ShouldBe(2, "the first was done and not told of");
    }

    [Fact]
    public async Task A_part_that_was_asked_for_before_its_evolution_was_cancelled_is_let_go()
    {
        var asked = DateTime.UnixEpoch;
        running.Cancel(stage.EvolutionId, asked.AddSeconds(1));

        await PartAsync("one", CancellationToken.None, asked);
        workshop.Runs.ShouldBe(0);

        await PartAsync("one", CancellationToken.None, asked.AddSeconds(2));
        workshop.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_part_that_is_cancelled_while_it_runs_is_let_go()
    {
        workshop.Hold();
        var part = PartAsync("one", CancellationToken.None);
        await workshop.StartedAsync(1);

        running.Cancel(stage.EvolutionId);

        await part;
        running.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_part_breaks_with_is_thrown_so_that_the_broker_hands_it_out_again()
    {
        workshop.Break(new IOException("no disk"));
        await Should.ThrowAsync<IOException>(() => PartAsync("one", CancellationToken.None));

        workshop.Break(null);
        await PartAsync("one", CancellationToken.None);
        workshop.Runs.ShouldBe(2);
    }

    private Task PartAsync(string part, CancellationToken connection, DateTime? asked = null) =>
        new StageDesk(new InMemoryStageLedger(), running, new LocalTurns(), TimeProvider.System, NullLogger<StageDesk>.Instance)
            .AnswerPartAsync(ContextOfCommand.With(connection, sent: asked), stage, part, token => workshop.WorkAsync(stage, token))
            .WaitAsync(Patience);
}
