using System.Collections.Immutable;
using Moss.AgentTools.Roles;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class LocateRoleTests
{
    private static readonly ImmutableArray<string> Files = [.. Enumerable.Range(10, 12).Select(i => $"part{i}.py")];

    [Fact]
    public async Task Files_that_nothing_tells_apart_are_all_named()
    {
        var report = await LocateAsync(Failing("one", [.. Files]), Failing("two", [.. Files]));
        report.Files.Select(f => f.Path).Order(StringComparer.Ordinal).ShouldBe(Files);
    }

    [Fact]
    public async Task Less_suspicious_files_do_not_follow_the_first_eight()
    {
        var passing = Failing("fine", [.. Files.Skip(8)]) with { Outcome = "passed", Score = 1 };
        var report = await LocateAsync(Failing("one", [.. Files]), passing);
        report.Files.Select(f => f.Path).ShouldBe(Files.Take(8));
    }

    private static TryResult Failing(string scenario, string[] files) => new(scenario, "failed", 0, "", 0.01)
    {
        Coverage = files.ToImmutableSortedDictionary(f => f, _ => ImmutableArray.Create(1, 2)),
    };

    private static async Task<LocateReport> LocateAsync(params TryResult[] results)
    {
        await using var replays = new FixedReplays([.. results]);
        var assignment = new Assignment("key", "locate", "sample", [], Files) { Coverage = "python" };
        return await LocateRole.RunAsync(new Desk(assignment, "/work", replays, TimeProvider.System), CancellationToken.None);
    }

    private sealed class FixedReplays(ImmutableArray<TryResult> results) : IReplays
    {
        public Task<TryResponse> ReplayAsync(TryRequest request, CancellationToken cancellationToken) => Task.FromResult(new TryResponse(results));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
