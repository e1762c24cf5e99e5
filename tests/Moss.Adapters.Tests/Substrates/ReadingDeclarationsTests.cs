using System.Text;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.Substrates;

public sealed class ReadingDeclarationsTests
{
    [Fact]
    public void Name_and_trial_command_are_enough_and_the_rest_has_its_default()
    {
        var declaration = Readings.Declared(Readings.Minimal).Declaration;

        declaration.Name.ShouldBe("desk");
        declaration.Trial.Command.ShouldBe(["run"]);
        declaration.Trial.Timeout.ShouldBe(TimeSpan.FromSeconds(120));
        declaration.StableBranch.ShouldBe("main");
        declaration.Scope.Editable.ShouldBe(["**"]);
        declaration.Build.ShouldBeNull();
        declaration.Deploy.ShouldBeNull();
        declaration.Agents.Default.ShouldBe("search");
        declaration.Verdict.Alpha.ShouldBe(0.05);
    }

    [Fact]
    public void The_sample_declares_itself_completely()
    {
        var declaration = Readings.Declared(SourceTree.Read("samples/desk-agent/moss.yaml")).Declaration;

        declaration.Name.ShouldBe("desk-agent");
        declaration.Trial.Coverage.ShouldBe("python");
        declaration.Trial.MemoryBytes.ShouldBe(256L << 20);
        declaration.Trial.Environment["PYTHONDONTWRITEBYTECODE"].ShouldBe("1");
        declaration.Deploy!.Interval.ShouldBe(TimeSpan.FromMilliseconds(300));
        declaration.Deploy.Probes.Length.ShouldBe(2);
        declaration.Smoke!.Timeout.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void An_image_and_its_container_are_read_and_the_rest_has_its_default()
    {
        var declaration = Readings.Declared(Readings.Minimal + """
            image: { arguments: { BASE: "debian:bookworm-slim" } }
            deploy:
              command: [serve]
              probes: [exec: { command: [check] }]
              container: { state: /var/lib/desk }
            """).Declaration;

        declaration.Image.ShouldNotBeNull();
        (declaration.Image.Dockerfile, declaration.Image.Network, declaration.Image.Timeout).ShouldBe(("Dockerfile", false, TimeSpan.FromMinutes(10)));
        declaration.Image.Arguments["BASE"].ShouldBe("debian:bookworm-slim");
        declaration.Deploy!.Container.ShouldBe(new ContainerTarget("/var/lib/desk") { MemoryBytes = 512L << 20, Processes = 256 });
    }

    [Fact]
    public void Every_kind_of_probe_is_read()
    {
        var probes = Readings.Declared(Readings.Minimal + """
            deploy:
              command: [serve]
              port: 80
              probes:
                - http: { path: /health, timeout: 2s }
                - tcp: {}
                - exec: { command: [check, now] }
                - heartbeat: { file: state/beat, maximumAge: 1m30s }
            """).Declaration.Deploy!.Probes;

        probes[0].ShouldBe(new Probe.Http("/health") { Timeout = TimeSpan.FromSeconds(2) });
        probes[1].ShouldBe(new Probe.Tcp());
        probes[2].ShouldBeOfType<Probe.Exec>().Command.ShouldBe(["check", "now"]);
        probes[3].ShouldBe(new Probe.Heartbeat("state/beat", TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public void Agents_by_role_and_commands_by_name_are_read()
    {
        var agents = Readings.Declared(Readings.Minimal + """
            agents:
              roles: { plan: aider, review-code: codex }
              commands:
                aider: { command: [aider, "{prompt-file}"], promptOnStandardInput: false, network: true, environment: { A: 1, B: "" } }
            """).Declaration.Agents;

        agents.For("plan").ShouldBe("aider");
        agents.For("locate").ShouldBe("search");
        agents.Commands["aider"].PromptOnStandardInput.ShouldBeFalse();
        agents.Commands["aider"].Network.ShouldBeTrue();
        agents.Commands["aider"].Environment.ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "" });
    }

    [Fact]
    public void A_budget_is_read_as_money_and_time()
    {
        var budget = Readings.Declared(Readings.Minimal + "budget: { dollars: 2.50, wallClock: 2h, agentTimeout: 10m }").Declaration.Budget;

        budget.Dollars.ShouldBe(2.50m);
        budget.WallClock.ShouldBe(TimeSpan.FromHours(2));
        budget.AgentTimeout.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Numbers_and_truth_values_in_a_command_are_texts_as_written() =>
        Readings.Declared("name: desk\ntrial: { command: [run, 007, 1.10, true, \"\"] }").Declaration.Trial.Command.ShouldBe(["run", "007", "1.10", "true", ""]);

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark_and_end_lines_the_windows_way() =>
        SubstrateReader.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Readings.Minimal.ReplaceLineEndings("\r\n"))])
            .ShouldBeOfType<SubstrateReading.Declared>();

    [Fact]
    public void Where_each_field_stands_is_kept()
    {
        var positions = Readings.Declared("name: desk\ntrial:\n  command: [run]\nscope:\n  editable:\n    - src/**\n    - lib/**\n").Positions;

        positions["trial.command"].ShouldBe((3, 12));
        positions["scope.editable[1]"].ShouldBe((7, 7));
    }
}
