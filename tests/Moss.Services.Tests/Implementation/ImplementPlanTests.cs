using Moss.CodingAgents;
using Moss.CodingAgents.Cases;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Contracts.Orchestration;
using Moss.Services.Tests.Agents;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Implementation;

public sealed class ImplementPlanTests
{
    private const string Plan = """{"rootCause":"x is one","change":"Set x to two","files":["src/answer.py"]}""";

    [Fact]
    public async Task A_change_becomes_one_commit_on_a_branch_of_its_evolution()
    {
        await using var shop = await Workshop.OpenAsync("""
            echo 'x = 2' > src/answer.py
            printf '%s' '{"subject":"Set x to two","body":"It was one.\nCost: nothing at all"}' > /moss/out/report.json
            """);

        var done = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<PlanImplemented>();

        (done.FilesChanged, done.Insertions, done.Deletions, done.Summary).ShouldBe((1, 1, 1, "Set x to two"));
        (await shop.TextAsync(done.DiffArtifact)).ShouldContain("+x = 2");
        done.Spending.Agent.ShouldBe("script");
        var branch = $"moss/evolution/{Workshop.Evolution:n}";
        shop.GitLog("rev-parse", branch).ShouldBe(done.Commit);
        shop.GitLog("rev-parse", branch + "^").ShouldBe(shop.Base);
        shop.GitLog("rev-parse", branch + "^{tree}").ShouldBe(done.Tree);
        shop.GitLog("log", "-1", "--format=%s%n%b", branch).Split('\n').ShouldBe(
        [
            "Set x to two",
            "It was one.",
            "> Cost: nothing at all",
            "",
            "Batch: " + shop.Subject.BatchId.ToString("n"),
            "Evolution: " + Workshop.Evolution.ToString("n"),
            "Iteration: 1",
            "Failure-Class: Structural",
            "Agent: script",
            "Cost: 0.00 USD, 0 tokens",
        ]);
        shop.Leases().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_agent_begins_anew_where_the_first_was_lost_on_the_way()
    {
        await using var shop = await Workshop.OpenWithFallbackAsync("echo 'x = 3' > src/answer.py; echo 'y = 1' > src/more.py; exit 127", "echo 'x = 2' > src/answer.py");

        var done = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<PlanImplemented>();

        done.Spending.Agent.ShouldBe("other");
        (done.FilesChanged, done.Insertions, done.Deletions).ShouldBe((1, 1, 1));
        shop.GitLog("show", $"{done.Commit}:src/answer.py").ShouldBe("x = 2");
        shop.Leases().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_agent_did_badly_is_no_reason_to_ask_another()
    {
        await using var shop = await Workshop.OpenWithFallbackAsync("exit 3", "echo 'x = 2' > src/answer.py");

        (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<ImplementationRefused>().Spending.Agent.ShouldBe("script");
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_stage_breaks_and_every_reason_is_told()
    {
        await using var shop = await Workshop.OpenWithFallbackAsync("echo 'no script' >&2; exit 127", "echo 'nobody else' >&2; exit 127");

        var broken = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<StageBroke>();

        broken.Reason.ShouldContain("no script");
        broken.Reason.ShouldContain("nobody else");
        shop.Leases().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_says_how_long_it_wants_to_be_left_alone_is_asked_again_then()
    {
        var agent = new MoodyAgent(Away(TimeSpan.Zero), Away(TimeSpan.Zero), new AgentReport.Finished("") { Cost = new(0.5m, 10, 1, false) });
        await using var shop = await Workshop.OpenAsync(agent);

        var done = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<PlanImplemented>();

        agent.Calls.ShouldBe(3);
        done.Insertions.ShouldBe(1, "each began with the work tree as it was");
        done.Spending.Dollars.ShouldBe(0.7m, "what the calls before it cost is counted");
    }

    [Theory]
    [InlineData(0, OutagePause.MostTries)]
    [InlineData(301, 1)]
    [InlineData(null, 1)]
    public async Task It_is_not_waited_for_for_ever_nor_without_knowing_how_long(int? seconds, int calls)
    {
        var agent = new MoodyAgent(Away(seconds is { } known ? TimeSpan.FromSeconds(known) : null));
        await using var shop = await Workshop.OpenAsync(agent);

        var broke = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<StageBroke>();

        broke.Reason.ShouldContain("too many questions");
        broke.Spending!.Dollars.ShouldBe(calls * 0.1m, "it is paid for all the same");
        agent.Calls.ShouldBe(calls);
    }

    private static AgentReport.Unavailable Away(TimeSpan? retryAfter) => new("too many questions") { RetryAfter = retryAfter, Cost = new(0.1m, 1, 0, false) };

    [Fact]
    public async Task An_agent_without_words_gets_those_of_the_plan()
    {
        await using var shop = await Workshop.OpenAsync("echo 'x = 2' > 'src/it'\\''s \"new\".py'");

        var done = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<PlanImplemented>();

        done.Summary.ShouldBe("Set x to two");
        shop.GitLog("show", $"{done.Commit}:src/it's \"new\".py").ShouldBe("x = 2");
    }

    [Theory]
    [InlineData("true", "NoChange", "changed no file")]
    [InlineData("echo 'scope: {}' >> moss.yaml; echo '{}' > scenarios/late.json; exit 0", "NoChange", "changed no file")]
    [InlineData("echo more >> README.md", "OutOfScope", "README.md")]
    [InlineData("echo 'x = 2' > src/answer.py; echo x > 'a b.txt'", "OutOfScope", "a b.txt")]
    [InlineData("git init -q inner 2>/dev/null || mkdir -p inner/.git; echo x > inner/.git/HEAD", "OutOfScope", "inner/.git")]
    [InlineData("printf 'gitdir: /tmp' > .git", "OutOfScope", ".git")]
    [InlineData("ln -s /etc src/etc", "OutOfScope", "src/etc")]
    [InlineData("printf '\\000\\001' > src/blob.bin", "OutOfScope", "src/blob.bin")]
    [InlineData("printf 'key = \"-----BEGIN %s KEY-----\"\\n' PRIVATE > src/key.py", "Secret", "src/key.py")]
    [InlineData("echo requests >> requirements.txt", "NewDependency", "requirements.txt")]
    [InlineData("seq 1000 > src/answer.py", "TooLarge", "src/answer.py")]
    [InlineData("echo 'x = 2' > src/answer.py; echo 'no model' >&2; exit 3", "Unusable", "no model")]
    [InlineData("echo 'x = 2' > src/answer.py; echo '{\"subject\":7}' > /moss/out/report.json", "Unusable", "subject must be a text")]
    public async Task A_change_that_may_not_be_is_refused_and_nothing_is_left_of_it(string script, string ground, string named)
    {
        await using var shop = await Workshop.OpenAsync(script);

        var refused = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<ImplementationRefused>();

        refused.Ground.ShouldBe(ground);
        refused.Reason.ShouldContain(named);
        shop.GitLog("branch", "--list", "moss/*").ShouldBeEmpty();
        shop.Leases().ShouldBeEmpty();
        Directory.GetDirectories(shop.Sessions).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_that_hangs_is_stopped_and_refused()
    {
        await using var shop = await Workshop.OpenAsync("echo 'x = 2' > src/answer.py; sleep 1000", TimeSpan.FromSeconds(2));

        var refused = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<ImplementationRefused>();

        (refused.Ground, refused.Reason.Contains("timed out", StringComparison.Ordinal)).ShouldBe(("Unusable", true));
        shop.Leases().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_agent_breaks_the_stage_and_is_asked_again_once_it_is_there()
    {
        await using var shop = await Workshop.OpenAsync(new Substrates.CommandAgent(["oracle-cli"]));
        var command = await CommandAsync(shop);

        var broke = (await shop.AskAsync(command)).ShouldBeOfType<StageBroke>();

        broke.Reason.ShouldContain("'oracle-cli' is not there: install it");
        broke.Transient.ShouldBeFalse();
        shop.Ledger.Keys.ShouldBeEmpty();
        shop.Leases().ShouldBeEmpty();
        (await shop.AskAsync(command)).ShouldBeOfType<StageBroke>();
    }

    [Fact]
    public async Task A_repeated_command_is_answered_without_a_second_call()
    {
        await using var shop = await Workshop.OpenAsync("head -c 8 /dev/urandom | od -An -tx1 > src/answer.py");
        var command = await CommandAsync(shop);

        var first = (await shop.AskAsync(command)).ShouldBeOfType<PlanImplemented>();
        var second = (await shop.AskAsync(command)).ShouldBeOfType<PlanImplemented>();

        second.ShouldBe(first);
    }

    [Fact]
    public async Task The_next_round_starts_again_at_the_base_commit_and_moves_the_branch()
    {
        await using var shop = await Workshop.OpenAsync("grep -q 'too narrow' /moss/task/prompt.md && echo 'x = 3' > src/answer.py || echo 'y = 2' > src/other.py");
        var first = (await shop.AskAsync(await CommandAsync(shop))).ShouldBeOfType<PlanImplemented>();

        var second = (await shop.AskAsync(await CommandAsync(shop) with { Stage = Workshop.Stage("Implement", 2), Feedback = "too narrow" }))
            .ShouldBeOfType<PlanImplemented>();

        var branch = $"moss/evolution/{Workshop.Evolution:n}";
        second.Commit.ShouldNotBe(first.Commit);
        shop.GitLog("rev-parse", branch).ShouldBe(second.Commit);
        shop.GitLog("diff", "--name-only", shop.Base, branch).ShouldBe("src/answer.py");
    }

    [Fact]
    public async Task A_cancelled_stage_answers_nothing_and_leaves_nothing()
    {
        await using var shop = await Workshop.OpenAsync("sleep 1000");
        await shop.SendAsync(await CommandAsync(shop));
        await Eventually.HoldsAsync(() => shop.Leases().Any());

        await shop.SendAsync(new CancelWork(Workshop.Evolution, "stopped by a person"));

        await Eventually.HoldsAsync(() => shop.Running.Keys.Count == 0);
        shop.Leases().ShouldBeEmpty();
        shop.Ledger.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_killed_run_left_is_removed_at_the_start()
    {
        await using var shop = await Workshop.OpenAsync("true");
        await shop.Git.LeaseAsync(shop.Repository, "dead.i1.implement.r1", new CommitHash(shop.Base), CancellationToken.None);
        Directory.CreateDirectory(Path.Combine(shop.Sessions, "0123456789ab", "task"));
        shop.Leases().ShouldNotBeEmpty();

        await shop.Sweep.StartingAsync(CancellationToken.None);

        shop.Leases().ShouldBeEmpty();
        Directory.GetDirectories(shop.Sessions).ShouldBeEmpty();
    }

    private static async Task<ImplementPlan> CommandAsync(Workshop shop) => new(
        Workshop.Stage("Implement"), shop.Subject, "Structural", await shop.KeepAsync("{}"), await shop.KeepAsync(Plan), null, [], 10);
}
