using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>Agents that fail or cheat end their evolution with a word for it, and with nothing half done.</summary>
[Collection(OneMoss.Name)]
public sealed class BadAgentTests(MossBench bench)
{
    [Fact]
    public async Task An_agent_that_is_not_installed_fails_the_evolution_and_is_named_with_what_to_do()
    {
        var end = await EvolveAsync("till-missing", Scripts.Repairs, new() { Agent = "[no-such-agent, --fix]" });

        end.Phase.ShouldBe("Failed");
        end.Ending!.Verdict.ShouldBe("Failed");
        end.Ending.Reason.ShouldContain("'no-such-agent' is not there: install it");
    }

    [Fact]
    public async Task An_agent_that_hangs_is_killed_when_its_time_is_up()
    {
        var end = await EvolveAsync(
            "till-hangs", Scripts.But("locate", call => call.NeverAnsweredAsync()), new() { AgentTimeout = "4s" });

        end.Ending!.Verdict.ShouldBe("BudgetExhausted");
        end.Ending.Reason.ShouldContain("timed out");
        var calls = bench.Desk.CallsFor("till-hangs");
        calls.ShouldNotBeEmpty();
        calls.ShouldAllBe(call => call.Gone.IsCancellationRequested);
    }

    [Fact]
    public async Task An_agent_that_floods_its_output_is_read_to_the_end_and_its_report_counts()
    {
        var end = await EvolveAsync("till-floods", call => Task.FromResult(Scripts.Good(call.Role) with { Flood = 32 }));

        end.Ending!.Verdict.ShouldBe("Converged", end.Ending.Reason);
    }

    [Fact]
    public async Task An_agent_that_floods_its_output_and_reports_nothing_is_no_use()
    {
        var end = await EvolveAsync("till-babbles", Scripts.But("locate", _ => Task.FromResult(new AgentOrder { Flood = 32 })));

        end.Ending!.Verdict.ShouldBe("BudgetExhausted");
        end.Ending.Reason.ShouldContain("report");
        end.Change.ShouldBeNull();
    }

    [Fact]
    public async Task An_agent_that_ends_with_an_error_is_no_use()
    {
        var end = await EvolveAsync("till-crashes", Scripts.But("plan", call => Task.FromResult(Scripts.Good(call.Role) with { Exit = 3 })));

        end.Ending!.Verdict.ShouldBe("BudgetExhausted");
        end.Ending.Reason.ShouldContain("exit code 3");
    }

    [Fact]
    public async Task An_agent_that_changes_a_file_outside_its_scope_is_refused_and_nothing_is_published()
    {
        var end = await EvolveAsync("till-strays", Scripts.Writes(
            (TillSource.PriceFile, TillSource.RepairedPrice), (TillSource.TrialFile, TillSource.Trial + "\n# and this\n")));

        end.Ending!.Verdict.ShouldBe("OutOfScope");
        end.Ending.Reason.ShouldContain(TillSource.TrialFile);
        end.Change.ShouldBeNull();
    }

    [Fact]
    public async Task An_agent_that_edits_graders_and_the_declaration_finds_them_shut_and_has_changed_nothing()
    {
        var end = await EvolveAsync("till-cheats", Scripts.Writes(
            ("moss.yaml", "name: mine\n"), ("scenarios/half.json", "{}"), ("scenarios/easy.json", "{}"), ("/moss/task/scenarios/half.json", "{}")));

        end.Ending!.Verdict.ShouldBe("NoChange");
        bench.Desk.WritesOf("till-cheats")["moss.yaml"].ShouldBe("Read-only file system");
        bench.Desk.WritesOf("till-cheats")["/moss/task/scenarios/half.json"].ShouldBe("Read-only file system");
    }

    [Fact]
    public async Task An_agent_cannot_write_outside_its_work_tree()
    {
        var outside = Path.Combine(bench.Data, "stolen");
        var end = await EvolveAsync("till-escapes", Scripts.Writes(
            (TillSource.PriceFile, TillSource.RepairedPrice), ("/usr/local/bin/mine", "x"), ("/etc/passwd", "x"), (outside, "x")));

        end.Ending!.Verdict.ShouldBe("Converged", end.Ending.Reason);
        var writes = bench.Desk.WritesOf("till-escapes");
        writes["/usr/local/bin/mine"].ShouldBe("Read-only file system");
        writes["/etc/passwd"].ShouldNotBe("written");
        File.Exists(outside).ShouldBeFalse("its /tmp is its own");
    }

    [Fact]
    public async Task An_agent_that_changes_nothing_ends_the_evolution_as_no_change()
    {
        var end = await EvolveAsync("till-idle", Scripts.Writes());

        end.Ending!.Verdict.ShouldBe("NoChange");
        end.Ending.Promoted.ShouldBeFalse();
        end.Change.ShouldBeNull();
    }

    [Fact]
    public async Task A_repair_that_does_not_repair_is_told_from_one_that_does()
    {
        var end = await EvolveAsync("till-boasts", Scripts.Writes((TillSource.PriceFile, TillSource.BrokenPrice + "\n# repaired\n")));

        end.Ending!.Verdict.ShouldBe("Plateaued");
        end.Ruling!.CandidateMean.ShouldBe(0);
    }

    private async Task<EvolutionView> EvolveAsync(string name, AgentScript script, TillSettings? settings = null)
    {
        var till = bench.Till(name, script, settings);
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: false);
        await course.BeginAsync();
        var end = await course.RunAsync();

        end.Ending.ShouldNotBeNull();
        till.Workers().ShouldBeEmpty("nothing runs on when it is over");
        till.Repository.Git("branch", "--list", "moss/evolved").ShouldBeEmpty("nothing is promoted");
        till.Repository.Git("rev-list", "--count", "main").ShouldBe("1");
        till.Repository.Git("status", "--porcelain").ShouldBeEmpty();
        Remains.Below(bench, "worktrees", "sessions").ShouldBeEmpty();
        (await course.AuditAsync()).Ok.ShouldBeTrue();
        return end;
    }
}
