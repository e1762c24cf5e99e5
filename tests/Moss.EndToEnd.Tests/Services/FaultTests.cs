using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;
using Moss.Testing;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>What surrounds the services dies, hangs or stutters.</summary>
public sealed class FaultTests(ServicesBench bench, ITestOutputHelper output) : IClassFixture<ServicesBench>
{
    [Fact]
    public async Task A_database_that_is_killed_in_the_middle_and_comes_back_costs_nothing_twice()
    {
        var course = await bench.BeginAsync("till-database", Scripts.But("review-plan", async call =>
        {
            await bench.Postgres.KillAsync();
            await bench.Postgres.RestartAsync();
            return Scripts.Good(call.Role);
        }));

        await bench.ConvergesAsync(course, output);
    }

    [Fact]
    public async Task A_database_that_dies_again_and_again_ends_no_service()
    {
        var ended = Ended();
        for (var death = 0; death < 8; death++)
        {
            await bench.Postgres.KillAsync();
            await bench.Postgres.RestartAsync();

            await Task.WhenAll(ServicesBench.AllNames.Select(name => ServicesBench.ReadyAsync(bench.The(name))));
        }

        Ended().ShouldBe(ended, "other tests may have killed some");
    }

    [Fact]
    public async Task A_runner_that_hangs_for_longer_than_its_broker_waits_holds_nothing_up()
    {
        var other = await bench.AddAsync("Trials");
        var course = await bench.BeginAsync("till-frozen", Scripts.But("implement", async call =>
        {
            await other.FreezeAsync();
            return Scripts.Good(call.Role);
        }));

        await bench.ConvergesAsync(course, output);

        await other.ThawAsync();
        await ServicesBench.ReadyAsync(other);
        (await course.TimelineAsync()).Answers().ShouldBeUnique("what it still had to say changes nothing");
    }

    [Fact]
    public async Task A_disk_that_has_no_room_for_artifacts_holds_a_stage_up_and_costs_nothing()
    {
        var disk = new FullDisk(bench.Store);
        var course = await bench.BeginAsync("till-disk", Scripts.But("plan", async call =>
        {
            await disk.FillAsync();
            return Scripts.Good(call.Role);
        }));
        await Eventually.HoldsAsync(() => bench.Said.Contains(FullDisk.Complaint, StringComparison.Ordinal));

        await disk.FreeAsync();

        await bench.ConvergesAsync(course, output);
        bench.Roles(course).ShouldBe(["locate", "plan", "review-plan", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task Every_message_may_come_ten_times_and_late()
    {
        await using var echo = await Echo.StartAsync(bench.Rabbit.Address, copies: 10);
        var course = await bench.BeginAsync("till-echo", Scripts.Repairs);

        await bench.ConvergesAsync(course, output);

        echo.Copied.ShouldBeGreaterThan(20);
        bench.Roles(course).ShouldBe(["locate", "plan", "review-plan", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task What_was_acknowledged_is_stored_whatever_is_killed_while_reports_come_in()
    {
        var till = bench.Till("till-reports", Scripts.Repairs);
        await new Course(bench, till).OpenAsync(deploy: false);
        var acknowledged = new List<string>();
        for (var number = 0; number < 60; number++)
        {
            await DisturbAsync(number);
            var complaint = $"Complaint {number}: the total is wrong.";
            if (await TryReportAsync(till, number, complaint))
            {
                acknowledged.Add(complaint);
            }
        }

        await ServicesBench.ReadyAsync(bench.The("Ingestion"));
        var batches = await ((IRunningMoss)bench).Client.GetAsync<IReadOnlyList<BatchView>>($"api/batches?substrate={till.Name}", CancellationToken.None);

        acknowledged.Count.ShouldBeGreaterThan(20);
        var stored = batches.SelectMany(batch => batch.Evidence).Select(evidence => evidence.Complaint).ToHashSet();
        acknowledged.Where(complaint => !stored.Contains(complaint)).ShouldBeEmpty();
    }

    private async Task DisturbAsync(int number)
    {
        switch (number)
        {
            case 15:
                await bench.The("Ingestion").KillAsync();
                await bench.The("Ingestion").StartAsync();
                break;
            case 30:
                await bench.Postgres.KillAsync();
                break;
            case 35:
                await bench.Postgres.RestartAsync();
                break;
            case 45:
                await bench.Rabbit.KillAsync();
                break;
            case 50:
                await bench.Rabbit.RestartAsync();
                break;
        }
    }

    private int Ended() => bench.Said.Split("has ended with").Length;

    private async Task<bool> TryReportAsync(Till till, int number, string complaint)
    {
        var item = new
        {
            substrate = till.Name, scenario = Till.Batch[0], source = "user", occurredAt = DateTimeOffset.UnixEpoch, complaint,
        };
        try
        {
            await FlagCommand.ReportAsync(
                ((IRunningMoss)bench).Client, JsonSerializer.SerializeToUtf8Bytes(new { items = new[] { item } }, MossClient.Json), $"{till.Name}-{number}", CancellationToken.None);
            return true;
        }
        catch (Exception refused) when (refused is HttpRequestException or ApiException or InvalidOperationException)
        {
            return false; // Not acknowledged, so nothing was promised.
        }
    }
}
