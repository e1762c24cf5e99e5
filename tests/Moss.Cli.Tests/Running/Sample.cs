using System.Text.Json;
using Moss.Cli.Api;

namespace Moss.Cli.Tests.Running;

/// <summary>What a Moss with one batch and one evolution says.</summary>
internal static class Sample
{
    public const string Commit = "c0ffee0123456789c0ffee0123456789c0ffee01";

    public static readonly Guid BatchId = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    public static readonly Guid EvolutionId = Guid.Parse("0198c0de-0000-7000-8000-000000000002");
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static readonly RulingView Converged = new("Converged", "everything passes", "everything passes: one", true, 0.001, 0.0167, 0, 1);

    public static BatchView Batch { get; } = new(
        BatchId, "till", true, Monday, ["one"], [new("one", "user", Monday, "The [total] is wrong.")], [EvolutionId]);

    public static EvolutionView Evolution(string phase = "Promoted", EndingView? ending = null) => new(
        EvolutionId, BatchId, "till", "Light", phase, 1, "Promote", 1, Commit, ["one"], 0.25m, Monday,
        [new(1, "Converged", "everything passes", Commit)], new(Commit, Commit, "d1ff", "Divide by 100", 1, 2, 1), Converged,
        [new("one", "Batch", new(3, 0, 0, 0, 0.56), new(3, 3, 1, 0.44, 1)), new("kept", "Corpus", new(2, 2, 1, 0.34, 1), null)], ending);

    public static EvolutionView Promoted { get; } = Evolution(ending: new("Converged", "everything passes", true, false));

    public static EvolutionView RolledBack { get; } = Evolution("RolledBack", new("Converged", "it did not come up", false, true));

    public static ConsentView Question { get; } = new(
        EvolutionId, "till", Commit, "7ee", "d1ff", "Divide by 100", 1, 2, 1, Converged, Monday.AddDays(7));

    public static TimelineEntry Entry(string name, object data, long version = 0, double seconds = 0) => new(
        version, $"evolution.{name}.v1", Monday.AddSeconds(seconds), "test", "hash", JsonSerializer.SerializeToElement(data, MossClient.Json));

    public static TimelineEntry Stage(string stage, int iteration, int round, double seconds) =>
        Entry("stage-requested", new { key = new { evolution = EvolutionId, iteration, stage, round } }, seconds: seconds);

    public static CostView Costs { get; } = new(
        "agent", [new("claude", 4, 1.25m, 0.25m, 120_000, 8_000, 61.5), new("search", 2, 0, 0, 0, 0, 30)], new("total", 6, 1.25m, 0.25m, 120_000, 8_000, 91.5));

    public static DeadView Dead { get; } = new(
        "019a9f5e-5b0c-7c5e-8f5e-2b6f4a6d9c11", "BuildCandidate", "build-candidate", "delivery_limit", 20, DateTimeOffset.UnixEpoch, EvolutionId, "Build");

    public static VerdictView Verdict { get; } = new(
        EvolutionId, "till", "Promoted", 1, "Converged", "every scenario of the batch passes", 2, 0.95,
        [
            new("one", "Batch", new(5, 0, 3, 1, 1, 1, 0.2, 0, 0.52), new(6, 6, 0, 0, 0, 0, 1, 0.54, 1)),
            new("kept", "Corpus", new(2, 2, 0, 0, 0, 0, 1, 0.16, 1), null),
        ],
        new("yes", 0.0156, 0.0167, 6, 6, 0, 6, 1, 0, 1, []),
        new("yes", 0, 0.05, [], [], [new("flaky", "Flaky", 4, 6, 2, 3, 0.6, 0.05, false, true)]),
        new("not enough evidence", 0, 0, 1, 0, 1, 1, 1), ["one failed trial of the candidate"], new("yes", 5, 3, 1),
        [
            new("one", "Batch", "tone", 5, 6, 6, 1, 0.54, 1, 0.9, 45, 1, 0.022, 0, 0.12, 0.1, 3, 0, true, "", "its votes count"),
            new("kept", "Corpus", "tone", 5, 6, 3, 0.5, 0.12, 0.88, 0.9, 45, 9, 0.2, 0.1, 0.35, 0.1, 3, 0, false, "it agrees with 3 of 6 labels", "the scenario guards nothing in this evolution"),
        ]);

    public static object Refused(string? productionProblem) => new
    {
        head = Commit, commits = new[] { "0ne", Commit }, by = "ada", why = "no", at = Monday, backTo = "ba5e", @base = "ba5e", done = productionProblem is null, productionProblem,
    };

    /// <summary>A Moss that knows all of this.</summary>
    public static void Teach(FakeMoss moss)
    {
        moss.On("GET /api/evolutions", new[] { Promoted });
        moss.On($"GET /api/evolutions/{EvolutionId}", Promoted);
        moss.On("GET /api/batches", new[] { Batch with { Id = Guid.Empty, Evolutions = [] }, Batch });
        moss.On("GET /api/batches?substrate=till%20two", new[] { Batch });
        moss.On($"GET /api/batches/{BatchId}", Batch);
        moss.On("POST /api/evolutions", new StartedView(EvolutionId, BatchId, "till", Commit, "Light", ["one"]), 202);
        moss.On($"POST /api/evolutions/{EvolutionId}/stop", context => Answered(context, 202));
        moss.On($"POST /api/evolutions/{EvolutionId}/restart", context => Answered(context, 202));
        moss.On($"GET /api/evolutions/{EvolutionId}/consent", Question);
        moss.On($"POST /api/evolutions/{EvolutionId}/consent", context => Answered(context, 202));
        moss.Streams($"/api/evolutions/{EvolutionId}/stream", Entry("ended", new { verdict = "Converged", reason = "everything passes" }));
        moss.On("POST /api/evidence", new EvidenceReceipt(1, 1, 2, [new(Guid.Empty, BatchId, false, null)]), 202);
        moss.On("GET /api/substrates", new[] { new SubstrateView("till", "/srv/till", null, null, null) });
        moss.On("POST /api/substrates", new SubstrateView("till", "/srv/till", Commit, ["one", "kept"], ["it has no tests"]), 201);
        moss.On("POST /api/substrates/check", new SubstrateCheckView(true, "till", Commit, 2, ["it has no tests"], []));
        moss.On("GET /api/substrates/till/corpus", new CorpusView(
            "till", 1, 1, 0, 0,
            [
                new("half", "active", "6 of 6 trials failed without the fix, 6 of 6 passed with it", null, null, EvolutionId, Commit, Commit, null, new(true, 6, 6, 6, 6), new(4, 4, 0.4, 1)),
                new("shaky", "quarantined", "it fails too often", null, null, null, null, null, null, null, new(3, 6, 0.1, 0.9)),
            ]));
        foreach (var query in new[] { "by=agent", "by=agent&substrate=desk&from=2026-01-01&to=2026-01-31" })
        {
            moss.On($"GET /api/costs?{query}", Costs);
        }

        moss.On("POST /api/deployments/till/rollback", new { current = new { commit = Commit } });
        moss.On("GET /api/oversight/till", new { substrate = "till", head = Commit, page = "# Oversight of till\n\nHead " + Commit + "\n" });
        moss.On("GET /api/oversight/till/guard", new { standing = "guarded", detail = "hooks/update lets main be moved by merges alone", fix = "", hook = "#!/bin/sh\nexit 1\n" });
        moss.On("POST /api/oversight/till/sign", new { head = Commit, merge = "me4ge", branch = "main", by = "ada", at = Monday, hash = "4a5h" });
        moss.On("POST /api/oversight/till/refuse", Refused(null));
        moss.On("GET /api/queues", new[] { new QueueView("build-candidate", 0, 1), new QueueView("moss.dead", 1, 0) });
        moss.On("GET /api/queues/dead", new[] { Dead });
        moss.On("POST /api/queues/dead/requeue", new RequeueView([Dead.Id], []));
        moss.On("GET /api/audit/verify", new AuditView(true, 3, 40, []));
        moss.On($"GET /api/audit/rederive/{EvolutionId}", new RederivationView(EvolutionId, true, 2, 0, [new(19, "ruling", 1, "Same", 2, []), new(25, "ending", 1, "Same", null, [])]));
        moss.On($"GET /api/evolutions/{EvolutionId}/verdict", Verdict);
        moss.On($"GET /api/evolutions/{EvolutionId}/matrix", new MatrixView(EvolutionId, "till", [0, 1, 3], [new("one", "total", [0, 0.5, 0.25], 0.5, 1)], 1, true));
    }

    private static Task Answered(Microsoft.AspNetCore.Http.HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
