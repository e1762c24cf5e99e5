using System.Net;
using Moss.Gateway.Keys;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Limits;

public sealed class RateTests
{
    private const string Path = "/api/batches";

    private static readonly string[] TwoReads = ["--Moss:Gateway:Limits:Read:Burst=2", "--Moss:Gateway:Limits:Read:PerMinute=1"];

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_again()
    {
        await using var bench = await GatewayBench.StartAsync(TwoReads);

        (await StatusesAsync(bench, TestKeys.Read, 2)).ShouldAllBe(status => status == HttpStatusCode.OK);
        using var third = await bench.GetAsync(Path, TestKeys.Read);

        var refusal = await Refusal.ShouldBeAsync(third, 429);
        var wait = third.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull();
        wait.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        refusal.Detail.ShouldContain("key the-read-er");
        refusal.Fix.ShouldContain($"wait {wait.TotalSeconds} s");
        bench.The("ingestion").Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_key_does_not_use_up_what_another_has()
    {
        await using var bench = await GatewayBench.StartAsync([.. TwoReads, .. TestKeys.SettingsOf("other", "key-of-other", Scope.Read)]);

        await StatusesAsync(bench, TestKeys.Read, 3);

        (await StatusesAsync(bench, "key-of-other", 2)).ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_scope_does_not_use_up_what_another_has()
    {
        await using var bench = await GatewayBench.StartAsync([.. TwoReads, .. TestKeys.SettingsOf("both", "key-for-two", Scope.Read, Scope.Report)]);

        await StatusesAsync(bench, "key-for-two", 3);
        using var report = await bench.PostAsync("/api/evidence", "key-for-two", GatewayBench.Json());

        report.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_nobody_has_a_key_the_address_counts()
    {
        await using var bench = await GatewayBench.StartOpenAsync(TwoReads);

        var statuses = await StatusesAsync(bench, null, 3);

        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task Who_tries_keys_is_held_up_and_holds_up_nobody_else()
    {
        await using var bench = await GatewayBench.StartAsync(TwoReads);

        var tries = await StatusesAsync(bench, "wrong", 3);
        var good = await StatusesAsync(bench, TestKeys.Read, 1);

        tries.ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
        good.ShouldBe([HttpStatusCode.OK]);
    }

    [Fact]
    public async Task Health_is_never_refused()
    {
        await using var bench = await GatewayBench.StartOpenAsync(TwoReads);

        foreach (var _ in Enumerable.Range(0, 5))
        {
            using var live = await bench.GetAsync("/health/live");
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task<List<HttpStatusCode>> StatusesAsync(GatewayBench bench, string? key, int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < times; time++)
        {
            using var answer = await bench.GetAsync(Path, key);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
