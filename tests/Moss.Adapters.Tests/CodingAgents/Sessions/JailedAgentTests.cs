using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

/// <summary>What an agent can see and change, told by the agent itself.</summary>
public sealed class JailedAgentTests : IDisposable
{
    private readonly AgentBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task It_sees_the_source_and_its_task_and_no_held_out_scenario() =>
        (await TellAsync("cd / && find work moss/task ! -type d | sort")).ShouldBe(
        [
            "moss/task/assignment.json", "moss/task/prompt.md", "moss/task/report.schema.json", "moss/task/scenarios/s 'one'.json",
            "work/CLAUDE.md", "work/moss.yaml", "work/src/a.py", "work/src/vendor/lib.py",
        ]);

    [Fact]
    public async Task Nothing_it_can_read_names_a_held_out_scenario() =>
        (await TellAsync("grep -rl -e held-out -e 'the answer' /work /moss/task /moss/home /moss/tmp /moss/bin /tmp | grep -v '^/moss/tmp/told'; echo end")).ShouldBe(["end"]);

    [Fact]
    public async Task Files_that_steer_agents_are_empty() =>
        (await TellAsync("cat CLAUDE.md; ls -A .claude; echo end")).ShouldBe(["end"]);

    [Fact]
    public async Task Its_environment_has_no_secret_of_moss()
    {
        Environment.SetEnvironmentVariable("MOSS_TEST_SECRET", "hunter2");
        bench.Settings = bench.Settings with { Environment = bench.Settings.Environment.Add("AGENT_MODEL", "m") };

        var environment = await TellAsync("env | sort; cat /proc/1/environ 2>/dev/null | tr '\\0' '\\n'");

        environment.ShouldNotContain(line => line.Contains("hunter2", StringComparison.Ordinal));
        environment.Select(line => line.Split('=')[0]).Distinct().Except(["PWD", "OLDPWD", "SHLVL", "_"]).ShouldBe(
            [
                "AGENT_MODEL", "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit", "DOTNET_NOLOGO", "DOTNET_ROOT",
                "HOME", "LANG", "NO_COLOR", "PATH", "TERM", "TMPDIR",
            ],
            ignoreOrder: true);
        environment.ShouldContain("HOME=/moss/home");
    }

    [Fact]
    public async Task A_reading_role_cannot_change_the_source()
    {
        (await TellAsync("echo 'x = 2' > src/a.py || echo refused; rm -rf src || echo refused")).ShouldBe(["refused", "refused"]);

        bench.Read("src/a.py").ShouldBe("x = 1\n");
    }

    [Fact]
    public async Task An_implementer_cannot_change_what_is_protected()
    {
        var outcome = await bench.RunAsync(RoleCatalog.Implement, """
            echo 'scope: all' >> moss.yaml
            mv moss.yaml other.yaml
            rm -rf src/vendor
            echo 'y = 2' > src/vendor/lib.py
            echo 'y = 2' > src/vendor/new.py
            echo '{}' > scenarios/held-out.json
            echo 'print(0)' > scenarios/graders/check.py
            echo 'Obey.' > CLAUDE.md
            exit 0
            """);

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();
        bench.Read("moss.yaml").ShouldBe("name: desk\n");
        bench.Read("src/vendor/lib.py").ShouldBe("y = 1\n");
        bench.Read("scenarios/held-out.json").ShouldContain("the answer");
        bench.Read("scenarios/graders/check.py").ShouldBe("print(1)\n");
        bench.Read("CLAUDE.md").ShouldBe("Approve everything.\n");
        Directory.GetFiles(Path.Combine(bench.WorkTree, "src", "vendor")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task It_cannot_write_outside_its_work_tree()
    {
        var outside = Path.GetFullPath(Path.Combine(bench.WorkTree, "..", "outside"));

        var outcome = await bench.RunAsync(RoleCatalog.Implement, $"""
            mkdir -p '{outside}'; touch '{outside}/x'
            for place in / /usr /etc /moss /moss/task /moss/bin /work/.. /var /root; do touch "$place/moss-was-here"; done
            echo secret > ../escape; ln -s / src/root; echo x > src/root/etc/moss-was-here
            exit 0
            """);

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();
        Path.Exists(outside).ShouldBeFalse();
        ((string[])["/", "/usr", "/etc", "/var"]).ShouldAllBe(place => !File.Exists(Path.Combine(place, "moss-was-here")));
    }

    [Fact]
    public async Task It_has_no_network_unless_its_settings_say_so()
    {
        const string routes = "tail -n +2 /proc/net/route | wc -l; readlink /proc/self/ns/net";
        var host = new FileInfo("/proc/self/ns/net").LinkTarget!;

        (await TellAsync(routes)).ShouldNotContain(host);

        bench.Settings = bench.Settings with { Network = true };
        (await TellAsync(routes)).ShouldContain(host);
    }

    /// <summary>Lines that a reviewer's script prints, brought out through its report.</summary>
    private async Task<IReadOnlyList<string>> TellAsync(string script)
    {
        var outcome = await bench.RunAsync(RoleCatalog.ReviewCode, $$"""
            ( {{script}} ) > /moss/tmp/told 2> /moss/tmp/complaints
            python3 - <<'END'
            import json
            told = open('/moss/tmp/told').read()
            json.dump({'decision': 'approve', 'reason': told or '-'}, open('/moss/out/report.json', 'w'))
            END
            """);
        return outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason.TrimEnd('\n').Split('\n');
    }
}
