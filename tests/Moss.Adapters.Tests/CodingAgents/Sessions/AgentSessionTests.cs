using Moss.CodingAgents;
using Moss.CodingAgents.Command;
using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

public sealed class AgentSessionTests : IDisposable
{
    private const string Approve = """echo '{"decision":"approve","reason":"it does what the plan says"}' > /moss/out/report.json""";

    private readonly AgentBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_agent_edits_a_file_and_words_its_change()
    {
        var outcome = await bench.RunAsync(RoleCatalog.Implement, """
            echo 'x = 2' > src/a.py
            echo 'new' > 'src/it'\''s a "new" file.py'
            echo '{"subject":"Set x to two","body":"It was one."}' > /moss/out/report.json
            """);

        Reported(outcome).ShouldBe(new("Set x to two", "It was one."));
        bench.Read("src/a.py").ShouldBe("x = 2\n");
        bench.Read("src/it's a \"new\" file.py").ShouldBe("new\n");
        (outcome.Use.Agent, outcome.Use.Model, outcome.Use.Prompt).ShouldBe(("script", "", RoleCatalog.Implement.Version));
    }

    [Fact]
    public async Task An_implementer_owes_no_report() =>
        Reported(await bench.RunAsync(RoleCatalog.Implement, "echo 'x = 2' > src/a.py; echo 'I changed it.'")).ShouldBe(ImplementReport.None);

    [Fact]
    public async Task A_report_may_be_printed_as_the_last_block() =>
        Reported(await bench.RunAsync(RoleCatalog.ReviewCode, """printf 'I looked.\n```json\n{"decision":"reject","reason":"r"}\n```\n'"""))
            .Decision.ShouldBe(CodeDecision.Reject);

    [Fact]
    public async Task A_verdict_in_prose_is_no_verdict()
    {
        var outcome = await bench.RunAsync(RoleCatalog.ProposeVerdict, """echo 'VERDICT: Converged. {"proposal":"converged","reason":"r"}'""");

        Failed(outcome).ShouldContain("there is no report");
    }

    [Fact]
    public async Task A_malformed_report_is_repaired_in_one_more_round()
    {
        var outcome = await bench.RunAsync(RoleCatalog.ReviewCode, """
            if grep -q 'could not be used' /moss/task/prompt.md
            then grep -q 'decision must be one of approve, reject' /moss/task/prompt.md && echo '{"decision":"approve","reason":"r"}' > /moss/out/report.json
            else echo '{"decision":"yes","reason":"r"}' > /moss/out/report.json
            fi
            """);

        Reported(outcome).Decision.ShouldBe(CodeDecision.Approve);
    }

    [Fact]
    public async Task A_report_that_stays_malformed_fails_the_round_and_names_the_field()
    {
        var outcome = await bench.RunAsync(
            RoleCatalog.ReviewCode, """echo '{"decision":"yes","reason":"r"}' > /moss/out/report.json""");

        Failed(outcome).ShouldContain("decision must be one of approve, reject");
    }

    [Fact]
    public async Task A_report_of_the_first_round_is_not_taken_for_the_second()
    {
        var outcome = await bench.RunAsync(
            RoleCatalog.ReviewCode, """test -e "$HOME/been" || echo '{"decision":"yes"}' > /moss/out/report.json; touch "$HOME/been" """);

        Failed(outcome).ShouldContain("there is no report");
    }

    [Fact]
    public async Task What_only_the_caller_can_check_is_repaired_too()
    {
        var rounds = 0;

        var outcome = await bench.RunAsync(RoleCatalog.ReviewCode, Approve, _ => ++rounds == 1 ? ["reason names no file"] : []);

        Reported(outcome).Decision.ShouldBe(CodeDecision.Approve);
        rounds.ShouldBe(2);
    }

    [Fact]
    public async Task A_missing_agent_is_unavailable_and_says_what_to_install()
    {
        var outcome = await bench.RunAsync(RoleCatalog.ReviewCode, new CommandCodingAgent("oracle", new(["oracle-cli", "--go"])));

        var reason = outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>().Reason;
        reason.ShouldContain("agent oracle: the program 'oracle-cli' is not there: install it");
    }

    [Fact]
    public async Task An_agent_that_hangs_is_stopped_with_everything_it_started()
    {
        bench.Timeout = TimeSpan.FromSeconds(2);

        var outcome = await bench.RunAsync(RoleCatalog.ReviewCode, Approve + "; setsid sleep 1000 & sleep 1000");

        Failed(outcome).ShouldContain("timed out");
        Directory.GetDirectories(bench.SessionsFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_that_waits_for_more_input_gets_the_end_of_it() =>
        Reported(await bench.RunAsync(RoleCatalog.ReviewCode, "cat > /dev/null; " + Approve)).Decision.ShouldBe(CodeDecision.Approve);

    [Fact]
    public async Task A_flood_of_output_is_cut_and_hides_no_report()
    {
        bench.Limits = bench.Limits with { OutputBytes = 100_000 };

        Reported(await bench.RunAsync(RoleCatalog.ReviewCode, "yes flood | head -c 50000000; yes flood | head -c 50000000 >&2; " + Approve))
            .Decision.ShouldBe(CodeDecision.Approve);
        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, "yes flood | head -c 50000000; exit 3")).ShouldContain("exit code 3");
    }

    [Fact]
    public async Task A_failing_agent_is_not_believed() =>
        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, Approve + "; echo no model >&2; exit 3")).ShouldBe("agent script ended with exit code 3: no model");

    [Fact]
    public async Task A_large_prompt_arrives_whole_by_standard_input()
    {
        bench.Evidence = [new PromptEvidence("transcript", "HEAD" + new string('x', 500_000) + "TAIL")];
        bench.Prompts = new() { Evidence = 600_000, EvidenceItem = 600_000 };

        var outcome = await bench.RunAsync(RoleCatalog.ReviewPlan, """
            cat > /moss/tmp/prompt
            cmp /moss/tmp/prompt /moss/task/prompt.md || exit 4
            printf '{"decision":"approve","reason":"%s"}' "$(wc -c < /moss/tmp/prompt | tr -d ' ')" > /moss/out/report.json
            """);

        int.Parse(Reported(outcome).Reason, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(500_000);
    }

    [Fact]
    public async Task A_report_that_is_a_link_to_the_host_is_not_read()
    {
        var secret = bench.Write("../secret.json", """{"decision":"approve","reason":"read from the host"}""");

        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, $"ln -s '{secret}' /moss/out/report.json")).ShouldContain("there is no report");
        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, "mkfifo /moss/out/report.json")).ShouldContain("there is no report");
        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, "mkdir /moss/out/report.json")).ShouldContain("there is no report");
        Failed(await bench.RunAsync(RoleCatalog.ReviewCode, "head -c 2000000 /dev/zero > /moss/out/report.json")).ShouldContain("there is no report");
    }

    [Fact]
    public async Task A_folder_that_the_agent_shut_is_removed_all_the_same()
    {
        await bench.RunAsync(RoleCatalog.ReviewCode, Approve + "; mkdir -p \"$HOME/a/b\" && touch \"$HOME/a/b/c\" && chmod 0 \"$HOME/a/b\" \"$HOME/a\"");

        Directory.GetDirectories(bench.SessionsFolder).ShouldBeEmpty();
    }

    [Fact]
    public void What_killed_runs_left_is_swept()
    {
        Directory.CreateDirectory(Path.Combine(bench.SessionsFolder, "0123456789ab", "task"));

        bench.Session().Sweep().ShouldBe(1);

        Directory.GetDirectories(bench.SessionsFolder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_agent_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var marker = Path.Combine(bench.WorkTree, "src", "started");
        var run = bench.Session().RunAsync(
            new CommandCodingAgent("script", new(["sh", "-c", "touch src/started; sleep 1000"])), RoleCatalog.Implement, bench.Task(Role.Implement), null,
            cancellation.Token);
        using (var watcher = new FileSystemWatcher(Path.GetDirectoryName(marker)!) { EnableRaisingEvents = true })
        {
            var seen = new TaskCompletionSource();
            watcher.Created += (_, _) => seen.TrySetResult();
            if (!File.Exists(marker))
            {
                await seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
            }
        }

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        Directory.GetDirectories(bench.SessionsFolder).ShouldBeEmpty();
    }

    private static TReport Reported<TReport>(RoleOutcome<TReport> outcome)
        where TReport : class => outcome.ShouldBeOfType<RoleOutcome<TReport>.Reported>().Report;

    private static string Failed<TReport>(RoleOutcome<TReport> outcome)
        where TReport : class => outcome.ShouldBeOfType<RoleOutcome<TReport>.Failed>().Reason;
}
