using System.Text.Json;
using Microsoft.Data.Sqlite;
using Moss.Cli.Api;
using Moss.Cli.Commands.Audit;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;
using Moss.Testing;

namespace Moss.EndToEnd.Tests;

/// <summary>Someone who can write the database against what Moss left in the repository of the substrate.</summary>
public sealed class AnchorsTests : IAsyncLifetime
{
    private readonly MossBench bench = new();
    private Till till = null!;
    private Course course = null!;

    /// <summary>Up to the ruling and its end, each of which is anchored.</summary>
    public async Task InitializeAsync()
    {
        await bench.InitializeAsync();
        till = bench.Till("till-anchored", Scripts.Repairs);
        course = new Course(bench, till);
        await course.OpenAsync(deploy: false);
        await course.BeginAsync();
        (await course.RunAsync()).Ending!.Verdict.ShouldBe("Converged");
        await Eventually.HoldsAsync(() => till.Repository.Git("branch", "--list", "moss/audit").Length > 0 && Anchored().GetProperty("event").GetString() == "evolution.ended.v1");
    }

    public Task DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task An_evolution_that_was_cut_and_written_again_does_not_agree_with_what_was_anchored()
    {
        (await CompareAsync()).ShouldSatisfyAllConditions(whole => whole.Ok.ShouldBeTrue(JsonSerializer.Serialize(whole)), whole => whole.Anchors.ShouldBeGreaterThan(2));
        till.Repository.Git("status", "--porcelain").ShouldBeEmpty("the person's own work tree is not touched");
        var before = await course.TimelineAsync();
        var ruled = before.Last(entry => entry.Name == "evolution.iteration-ruled.v1").Version;

        (await bench.StopMossAsync()).ShouldBe(0);
        await CutAsync($"evolution-{course.Id:n}", ruled);
        await bench.StartMossAsync();

        (await course.AuditAsync()).Ok.ShouldBeTrue("what is stored hangs together");
        await course.ReachAsync("evolution.iteration-ruled.v1"); // Moss goes on from what it finds.
        var cut = await CompareAsync();
        cut.Ok.ShouldBeFalse();
        cut.Problems.ShouldContain(problem => problem.Stream == $"evolution-{course.Id:n}" && problem.Version == ruled);
        cut.Problems.ShouldContain(problem => problem.Stream.Length == 0);
    }

    [Fact]
    public async Task An_evolution_that_was_removed_without_a_trace_is_missed()
    {
        (await bench.StopMossAsync()).ShouldBe(0);
        await RemoveAsync($"evolution-{course.Id:n}");
        await bench.StartMossAsync();

        (await course.AuditAsync()).Ok.ShouldBeTrue("what is stored hangs together");
        var removed = await CompareAsync();
        removed.Ok.ShouldBeFalse();
        removed.Problems.ShouldContain(problem => problem.Stream == $"evolution-{course.Id:n}", "also where Moss begins it again, because its batch still asks for it");
    }

    private JsonElement Anchored() => JsonDocument.Parse(till.Repository.Show("moss/audit", $"audit/{course.Id}.json")).RootElement;

    /// <summary>As <c>moss audit verify --anchors</c> does.</summary>
    private async Task<AuditView> CompareAsync() =>
        await AuditCommand.CompareAsync(bench.Client, await AnchorBranch.ReadAsync(till.Repository.Path, CancellationToken.None), CancellationToken.None);

    /// <summary>Takes a version of a stream and everything that was stored after it, and mends the heads.</summary>
    private Task CutAsync(string stream, long version) => WriteAsync($"""
        delete from events where position >= (select position from events where stream = '{stream}' and version = {version});
        delete from streams where stream not in (select stream from events);
        update streams set
          version = (select max(version) from events where events.stream = streams.stream),
          hash = (select hash from events where events.stream = streams.stream order by version desc limit 1);
        update checkpoints set position = min(position, (select max(position) from events));
        delete from deadlines;
        """);

    /// <summary>Takes a stream and closes the gaps that it leaves in the feed.</summary>
    private Task RemoveAsync(string stream) => WriteAsync($"""
        delete from events where stream = '{stream}';
        delete from streams where stream = '{stream}';
        create temp table places as select position as old, row_number() over (order by position) as new from events;
        update events set position = -(select new from places where old = position);
        update events set position = -position;
        update checkpoints set position = 0;
        """);

    private async Task WriteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(bench.Data, "moss.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
