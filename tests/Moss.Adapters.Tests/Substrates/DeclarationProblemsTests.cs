using System.Text;
using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class DeclarationProblemsTests
{
    [Fact]
    public void Every_problem_is_reported_with_line_column_field_and_fix_in_the_order_of_the_file()
    {
        var problems = Readings.Problems("""
            name: Desk Agent
            scop: {}
            trial:
              command: []
              timeout: 10
              memory: 1MB
            scope:
              maxFiles: many
            """);

        problems.Select(problem => problem.ToString()).ShouldBe(
        [
            "moss.yaml:1:7: name is 'Desk Agent'; write 1 to 40 of a-z, 0-9 and '-', beginning with a letter or digit",
            "moss.yaml:2:1: scop is not a key that Moss knows; did you mean scope?",
            "moss.yaml:4:12: trial.command is empty; write a list such as [python3, -m, agent]",
            "moss.yaml:5:12: trial.timeout is '10', which is no duration; write it as 90s, 5m, 1h30m or 500ms",
            "moss.yaml:6:11: trial.memory is '1MB', which is no size; write it as 512MiB or 1GiB",
            "moss.yaml:8:13: scope.maxFiles is 'many'; write a whole number from 1 to 1000",
        ]);
    }

    [Theory]
    [InlineData("stable_branch: main", "stable_branch", "did you mean stableBranch?")]
    [InlineData("Deploy: {}", "Deploy", "did you mean deploy?")]
    [InlineData("test: {}", "test", "did you mean tests?")]
    [InlineData("guarantees: {}", "guarantees", "known here: name, stableBranch")]
    [InlineData("scope: { editabel: [] }", "scope.editabel", "did you mean editable?")]
    [InlineData("agents: { roles: { planer: x } }", "agents.roles.planer", "write one of locate, plan")]
    [InlineData("build: { command: [x], env: { A: b } }", "build.env", "known here: command, workingDirectory, timeout, environment")]
    public void An_unknown_key_is_reported_with_what_was_probably_meant(string added, string field, string fix)
    {
        var problem = Readings.Problem(added);

        problem.Field.ShouldBe(field);
        problem.Fix.ShouldContain(fix, Case.Sensitive);
    }

    [Theory]
    [InlineData("name: desk\nname: other\ntrial: { command: [x] }", "name", 2, "first in line 1")]
    [InlineData("name: desk\ntrial:\n  command: [x]\n  command: [y]", "trial.command", 4, "first in line 3")]
    public void A_key_that_is_written_twice_is_reported(string yaml, string field, int line, string problem)
    {
        var found = Readings.Problems(yaml).ShouldHaveSingleItem();

        (found.Field, found.Line).ShouldBe((field, line));
        found.Problem.ShouldContain(problem);
    }

    [Theory]
    [InlineData("{}", "name", "trial")]
    [InlineData("name: desk", "trial")]
    [InlineData("name: desk\ntrial: {}", "trial.command")]
    [InlineData(Readings.Minimal + "deploy: {}", "deploy.probes")]
    [InlineData(Readings.Minimal + "deploy: { probes: [ exec: { command: [x] } ] }", "deploy.command")]
    [InlineData(Readings.Minimal + "tests: { timeout: 1s }", "tests.command")]
    [InlineData(Readings.Minimal + "deploy: { command: [x], probes: [ { heartbeat: {} } ] }", "deploy.probes[0].heartbeat.file", "deploy.probes[0].heartbeat.maximumAge")]
    public void What_is_required_is_missed(string yaml, params string[] fields)
    {
        var problems = Readings.Problems(yaml);

        problems.Select(problem => problem.Field).ShouldBe(fields);
        problems.ShouldAllBe(problem => problem.Problem == "is missing" && problem.Line > 0);
    }

    [Theory]
    [InlineData("scope: []", "scope", "is a list, must be a map")]
    [InlineData("scope: yes", "scope", "is 'yes', must be a map")]
    [InlineData("scope:", "scope", "is empty, must be a map")]
    [InlineData("scope: { editable: src }", "scope.editable", "is 'src', must be a list")]
    [InlineData("scope: { editable: [[src]] }", "scope.editable[0]", "is a list, must be a single value")]
    [InlineData("scope: { maxFiles: [1] }", "scope.maxFiles", "is a list, must be a single value")]
    [InlineData("scope: { maxFiles: 2.5 }", "scope.maxFiles", "is '2.5'")]
    [InlineData("stableBranch: ~", "stableBranch", "is empty")]
    [InlineData("build: { command: make all }", "build.command", "is one text, must be a list")]
    [InlineData("build: { command: { a: b } }", "build.command", "is a map, must be a list")]
    [InlineData("build: { command: [\"\", x] }", "build.command[0]", "is empty")]
    [InlineData("build: { command: [x, ~] }", "build.command[1]", "is empty")]
    [InlineData("build: { command: [x], environment: [A] }", "build.environment", "is a list, must be a map")]
    [InlineData("build: { command: [x], environment: { A: } }", "build.environment.A", "is empty")]
    [InlineData("agents: { commands: { a: { command: [x], network: yes } } }", "agents.commands.a.network", "is 'yes', must be true or false")]
    [InlineData("agents: { commands: { Aider: { command: [x] } } }", "agents.commands.Aider", "is no name")]
    public void A_wrong_type_is_reported(string added, string field, string problem)
    {
        var found = Readings.Problem(added);

        found.Field.ShouldBe(field);
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("scope: { maxFiles: 0 }", "scope.maxFiles")]
    [InlineData("scope: { maxLines: 100001 }", "scope.maxLines")]
    [InlineData("scope: { maxLines: 99999999999999999999 }", "scope.maxLines")]
    [InlineData("scope: { editable: [] }", "scope.editable")]
    [InlineData("build: { command: [x], timeout: 25h }", "build.timeout")]
    [InlineData("build: { command: [x], timeout: 99ms }", "build.timeout")]
    [InlineData("build: { command: [x], timeout: 5m1h }", "build.timeout")]
    [InlineData("verdict: { alpha: 0 }", "verdict.alpha")]
    [InlineData("verdict: { alpha: 0.6 }", "verdict.alpha")]
    [InlineData("verdict: { alpha: .nan }", "verdict.alpha")]
    [InlineData("verdict: { regressionMargin: -0.1 }", "verdict.regressionMargin")]
    [InlineData("verdict: { generalisation: 1e1 }", "verdict.generalisation")]
    [InlineData("verdict: { leastFailures: 0 }", "verdict.leastFailures")]
    [InlineData("budget: { dollars: -1 }", "budget.dollars")]
    [InlineData("budget: { dollars: $5 }", "budget.dollars")]
    public void A_value_out_of_range_is_reported_with_the_range(string added, string field)
    {
        var problem = Readings.Problem(added);

        problem.Field.ShouldBe(field);
        problem.Fix.ShouldStartWith("write");
    }

    [Theory]
    [InlineData("70000", "deploy.port")]
    [InlineData("0", "deploy.port")]
    public void A_port_has_a_range(string port, string field) =>
        Readings.Problem($"deploy: {{ command: [x], port: {port}, probes: [tcp: {{}}] }}").Field.ShouldBe(field);

    [Theory]
    [InlineData("[]", "deploy.probes", "is empty")]
    [InlineData("[ping: {}]", "deploy.probes[0].ping", "is not a kind")]
    [InlineData("[htttp: {}]", "deploy.probes[0].htttp", "is not a kind")]
    [InlineData("[tcp]", "deploy.probes[0]", "must be a map with one key")]
    [InlineData("[{ tcp: {}, http: { path: / } }]", "deploy.probes[0]", "is not one key")]
    [InlineData("[http: { path: health }]", "deploy.probes[0].http.path", "is 'health'")]
    [InlineData("[http: { path: \"/a b\" }]", "deploy.probes[0].http.path", "is '/a b'")]
    [InlineData("[heartbeat: { file: ../x, maximumAge: 5s }]", "deploy.probes[0].heartbeat.file", "leads out")]
    [InlineData("[heartbeat: { file: /x, maximumAge: 5s }]", "deploy.probes[0].heartbeat.file", "is absolute")]
    [InlineData("[heartbeat: { file: x, maximumAge: 0s }]", "deploy.probes[0].heartbeat.maximumAge", "is '0s'")]
    public void A_probe_that_cannot_be_asked_is_reported(string probes, string field, string problem)
    {
        var found = Readings.Problem($"deploy: {{ command: [x], port: 80, probes: {probes} }}");

        found.Field.ShouldBe(field);
        found.Problem.ShouldContain(problem);
    }

    [Theory]
    [InlineData("image: { dockerfile: /Dockerfile }", "image.dockerfile", "is absolute")]
    [InlineData("image: { dockerfile: ../Dockerfile }", "image.dockerfile", "leads out")]
    [InlineData("image: { dockerfiel: x }", "image.dockerfiel", "is not a key")]
    [InlineData("image: Dockerfile", "image", "is 'Dockerfile', must be a map")]
    [InlineData("image: { arguments: [A=b] }", "image.arguments", "is a list, must be a map")]
    [InlineData("image: { arguments: { A-B: c } }", "image.arguments.A-B", "is no variable")]
    [InlineData("image: { network: host }", "image.network", "must be true or false")]
    [InlineData("image: { timeout: 0s }", "image.timeout", "is '0s'")]
    public void An_image_that_cannot_be_built_is_reported(string added, string field, string problem)
    {
        var found = Readings.Problem(added);

        (found.Field, found.Line).ShouldBe((field, 3));
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("state: state", "deploy.container.state", "is not absolute")]
    [InlineData("state: /", "deploy.container.state", "is the root of the container")]
    [InlineData("state: /a/../b", "deploy.container.state", "leads out")]
    [InlineData("state: \"/a:b\"", "deploy.container.state", "has a character")]
    [InlineData("state: /moss/out", "deploy.container.state", "lies in /moss")]
    [InlineData("state: /usr", "deploy.container.state", "lies in /usr")]
    [InlineData("state: /srv, memory: 1MiB", "deploy.container.memory", "is '1MiB'")]
    [InlineData("state: /srv, processes: 0", "deploy.container.processes", "is '0'")]
    [InlineData("memory: 1GiB", "deploy.container.state", "is missing")]
    public void A_container_that_cannot_be_made_is_reported(string container, string field, string problem)
    {
        var found = Readings.Problem($"image: {{}}\ndeploy: {{ command: [x], probes: [exec: {{ command: [y] }}], container: {{ {container} }} }}");

        (found.Field, found.Line).ShouldBe((field, 4));
        found.Problem.ShouldContain(problem);
    }

    [Fact]
    public void A_container_needs_an_image() =>
        Readings.Problem("deploy: { command: [x], probes: [exec: { command: [y] }], container: { state: /srv } }").ToString()
            .ShouldBe("moss.yaml:3:1: image is missing, and deploy.container runs it; add image: { dockerfile: Dockerfile }");

    [Fact]
    public void Probes_that_ask_a_port_need_one() =>
        Readings.Problem("deploy: { command: [x], probes: [tcp: {}] }").ToString().ShouldContain("deploy.port is missing");

    [Fact]
    public void A_window_too_short_for_its_passes_is_reported_at_the_window()
    {
        var problem = Readings.Problem("deploy:\n  command: [x]\n  probes: [exec: { command: [y] }]\n  window: 10s\n  interval: 6s\n");

        (problem.Field, problem.Line).ShouldBe(("deploy.window", 6));
        problem.Problem.ShouldBe("is 10s, too short for 3 passes 6s apart");
    }

    [Theory]
    [InlineData("stableBranch: moss/evolved", "Moss's own")]
    [InlineData("stableBranch: a..b", "no name of a branch")]
    [InlineData("stableBranch: -x", "no name of a branch")]
    [InlineData("scenarios: ../elsewhere", "leads out")]
    [InlineData("scenarios: /etc", "is absolute")]
    [InlineData("scenarios: .", "empty or '.' part")]
    [InlineData("scenarios: a/", "empty or '.' part")]
    [InlineData("scenarios: \"a/*\"", "character")]
    [InlineData("build: { command: [x], workingDirectory: a/../.. }", "leads out")]
    [InlineData("build: { command: [x], environment: { MOSS_OUT: y } }", "no variable that may be set")]
    [InlineData("build: { command: [x], environment: { \"A B\": y } }", "no variable that may be set")]
    [InlineData("build: { command: [x], environment: { A: \"a\\0b\" } }", "NUL")]
    [InlineData("scope: { editable: [\"src/\"] }", "ends in a slash")]
    [InlineData("scope: { protected: [\"/etc/**\"] }", "is absolute")]
    [InlineData("scope: { dependencies: [\"a**b\"] }", "** within a name")]
    public void Texts_with_a_meaning_are_checked(string added, string problem) => Readings.Problem(added).Problem.ShouldContain(problem);

    [Theory]
    [InlineData("", "is empty", 1)]
    [InlineData("# nothing\n", "is empty", 1)]
    [InlineData("name: desk\n  bad: indent", "is not YAML here", 2)]
    [InlineData("name: 'open", "is not YAML here", 1)]
    [InlineData("- a\n- b", "is a list, must be a map", 1)]
    [InlineData("name: de\0sk", "control character", 1)]
    [InlineData(Readings.Minimal + "---\nname: two\n", "second document", 3)]
    public void What_is_no_yaml_map_is_reported(string yaml, string problem, int line)
    {
        var found = Readings.Problems(yaml)[0];

        found.Problem.ShouldContain(problem);
        found.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("scope: &x { editable: [a] }", "anchor")]
    [InlineData("scope: !!python/object:os.system { editable: [a] }", "tag")]
    [InlineData("? [a]\n: b", "where a key must stand")]
    public void Yaml_that_does_more_than_say_values_is_refused(string added, string problem) =>
        Readings.Problem(added).Problem.ShouldContain(problem);

    [Fact]
    public void Aliases_are_not_followed_so_a_small_file_cannot_unfold()
    {
        var bomb = new StringBuilder("a: &a [x]\n");
        for (var letter = 'b'; letter < 'z'; letter++)
        {
            bomb.Append(letter).Append(": &").Append(letter).Append(" [*").Append((char)(letter - 1)).Append(", *").Append((char)(letter - 1)).Append("]\n");
        }

        Readings.Problems(Readings.Minimal + bomb).ShouldContain(problem => problem.Problem.StartsWith("uses the alias"));
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Readings.Problems("name: " + new string('[', 5000) + new string(']', 5000)).ShouldContain(problem => problem.Problem.Contains("deeper than"));

    [Fact]
    public void A_huge_file_is_refused() => Readings.Problems("name: " + new string('x', 300_000)).ShouldHaveSingleItem().Problem.ShouldContain("long");

    [Fact]
    public void Bytes_that_are_not_utf_8_are_reported_where_they_stand()
    {
        byte[] content = [.. "name: desk\nab"u8, 0xff, .. "c: d\n"u8];

        var problem = SubstrateReader.Read(content).ShouldBeOfType<SubstrateReading.Invalid>().Problems.ShouldHaveSingleItem();

        (problem.Line, problem.Column).ShouldBe((2, 3));
        problem.Problem.ShouldContain("not valid UTF-8");
    }
}
