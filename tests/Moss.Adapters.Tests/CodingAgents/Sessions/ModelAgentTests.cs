using System.Collections.Immutable;
using Moss.CodingAgents;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

/// <summary>Agents in the real jail whose model is behind the proxy: the bridge, the money, and nothing else to reach.</summary>
public sealed class ModelAgentTests : IAsyncLifetime
{
    private const string Ask = """
        import json, os, sys, urllib.request, urllib.error
        def ask(path='/chat/completions', token=os.environ['OPENAI_API_KEY'], most=100):
            body = json.dumps({'model': 'm', 'max_tokens': most, 'messages': []}).encode()
            request = urllib.request.Request(os.environ['OPENAI_BASE_URL'] + path, body, {'Authorization': 'Bearer ' + token})
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as refused:
                return refused.code, refused.read().decode()
        def report(text):
            json.dump({'decision': 'approve', 'reason': text}, open('/moss/out/report.json', 'w'))

        """;

    private readonly AgentBench bench = new();
    private ProxyBench proxy = null!;

    public async Task InitializeAsync()
    {
        proxy = await ProxyBench.StartAsync();
        bench.Models = proxy.Proxy;
        bench.Settings = new(["unused"])
        {
            PromptOnStandardInput = false,
            Model = new("stub") { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("OPENAI_BASE_URL", "url").Add("OPENAI_API_KEY", "token") },
        };
    }

    public async Task DisposeAsync()
    {
        bench.Dispose();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_asks_its_model_and_what_that_cost_is_its_cost()
    {
        var outcome = await RunAsync("report(json.loads(ask()[1])['choices'][0]['message']['content'])");

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason.ShouldBe("hello");
        outcome.Use.Cost.ShouldBe(new AgentCost(0.0132m, 1000, 50, Estimated: false));
        (outcome.Use.Spending.Model, outcome.Use.Spending.Prompt).ShouldBe(("m", RoleCatalog.ReviewCode.Version));
        outcome.Use.Exhausted.ShouldBeFalse();
        proxy.Model.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe($"Bearer {ProxyBench.RealKey}");
    }

    [Fact]
    public async Task Its_variables_are_those_that_were_declared_and_moss_s_own()
    {
        var told = await TellAsync("report('\\n'.join(sorted(name for name, value in os.environ.items() if value.startswith(('http://', 'moss-')))))");

        told.ShouldBe("MOSS_MODEL_TOKEN\nMOSS_MODEL_URL\nOPENAI_API_KEY\nOPENAI_BASE_URL");
    }

    [Fact]
    public async Task The_real_key_is_nowhere_to_be_seen()
    {
        var told = await TellAsync("""
            import pathlib
            ask()
            key, seen, found = b'sk-the-' + b'real-key', 0, []
            for top in ['/proc', '/moss', '/tmp', '/work', '/etc', '/dev/shm']:
                for folder, folders, files in os.walk(top):
                    if folder.startswith('/moss/dotnet'): folders[:] = []
                    for name in files:
                        path = os.path.join(folder, name)
                        try:
                            if not os.path.isfile(path) or name in ('kmsg', 'mem', 'pagemap', 'kcore'): continue
                            content = open(path, 'rb').read(4_000_000)
                        except OSError: continue
                        seen += 1
                        if key in content: found.append(path)
            report('%s %s' % (seen > 100, found))
            """);

        told.ShouldBe("True []");
    }

    [Fact]
    public async Task Nothing_but_the_model_can_be_reached()
    {
        var told = await TellAsync($$"""
            import socket
            def reach(address):
                try:
                    socket.create_connection(address, 5).close()
                    return 'reached'
                except OSError as refused: return type(refused).__name__
            report('\n'.join([
                str(socket.if_nameindex()),
                reach(('127.0.0.1', 4141)),
                reach(('127.0.0.1', {{new Uri(proxy.Model.Address).Port}})),
                reach(('192.0.2.1', 80)),
                reach(('one.one.one.one', 443)),
                ask('/files')[1], str(ask(token='wrong')[0])]))
            """);

        var parts = told.Split('\n');
        parts[0].ShouldBe("[(1, 'lo')]");
        parts[1].ShouldBe("reached");
        parts[2].ShouldBe("ConnectionRefusedError");
        parts[3].ShouldBe("OSError");
        parts[4].ShouldBe("gaierror");
        parts[5].ShouldContain("path_not_allowed");
        parts[^1].ShouldBe("401");
        proxy.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_that_spends_without_end_is_stopped_at_the_budget()
    {
        bench.DollarsLeft = 0.045m;

        var outcome = await RunAsync("""
            told = [ask() for _ in range(6)]
            print(told[-1][1])
            report(' '.join(str(status) for status, _ in told))
            """);

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason.ShouldBe("200 200 200 402 402 402");
        outcome.Use.Cost.Dollars.ShouldBe(3 * 0.0132m);
        outcome.Use.Exhausted.ShouldBeTrue();
        outcome.Use.Spending.Exhausted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_agent_that_fails_for_want_of_money_says_so_and_is_not_asked_again()
    {
        bench.DollarsLeft = 0.001m;

        var outcome = await RunAsync("ask(); sys.exit(4)");

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Failed>().Reason
            .ShouldStartWith("the money of this evolution is used up, and agent script ended with exit code 4");
        outcome.Use.Exhausted.ShouldBeTrue();
        proxy.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_that_is_malformed_for_want_of_money_is_not_asked_for_again()
    {
        bench.DollarsLeft = 0.001m;

        var outcome = await RunAsync("ask(); open('/work/../moss/tmp/again', 'a').write('x')");

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Failed>();
        outcome.Use.Exhausted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_agent_that_is_stopped_in_the_middle_of_a_call_has_paid_for_it()
    {
        proxy.Model.Answer = async (_, response) =>
        {
            await response.Events().SendAsync("""data: {"choices":[{"delta":{"content":"12345678"}}]}""" + "\n\n");
            await response.HangAsync();
        };
        bench.Timeout = TimeSpan.FromSeconds(5);

        var outcome = await RunAsync("ask()");

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Failed>().Reason.ShouldContain("timed out");
        outcome.Use.Cost.Estimated.ShouldBeTrue();
        outcome.Use.Cost.TokensOut.ShouldBe(2);
    }

    [Fact]
    public async Task An_upstream_that_is_down_is_an_error_of_the_agent_s_own()
    {
        proxy.Model.Answer = (_, response) => response.Json("{}", 500);

        (await TellAsync("report(str(ask()[0]))")).ShouldBe("500");
    }

    [Fact]
    public async Task Two_agents_at_once_have_a_token_and_a_purse_each()
    {
        using var other = new AgentBench { Models = proxy.Proxy, Settings = bench.Settings, DollarsLeft = 0.02m };

        var outcomes = await Task.WhenAll(
            RunAsync("told = [ask()[0] for _ in range(3)]; report(os.environ['OPENAI_API_KEY'] + str(told))"),
            RunAsync("told = [ask()[0] for _ in range(3)]; report(os.environ['OPENAI_API_KEY'] + str(told))", other));

        var reasons = outcomes.Select(outcome => outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason).ToList();
        reasons[0].ShouldEndWith("[200, 200, 200]");
        reasons[1].ShouldEndWith("[200, 402, 402]");
        reasons[0].Split('[')[0].ShouldNotBe(reasons[1].Split('[')[0]);
        outcomes.Select(outcome => outcome.Use.Cost.Dollars).ShouldBe([3 * 0.0132m, 0.0132m]);
    }

    [Fact]
    public async Task The_end_of_the_agent_is_its_own()
    {
        (await RunAsync("sys.exit(7)")).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Failed>().Reason.ShouldContain("exit code 7");

        bench.Settings = bench.Settings with { Command = ["no-such-agent"] };
        var agent = new Moss.CodingAgents.Command.CommandCodingAgent("ghost", bench.Settings);
        (await bench.RunAsync(RoleCatalog.ReviewCode, agent)).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>().Reason.ShouldContain("no-such-agent");
    }

    [Fact]
    public async Task A_model_that_is_not_set_up_is_told_before_anything_runs()
    {
        bench.Settings = bench.Settings with { Model = new("other") };
        (await RunAsync("report('ran')")).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>().Reason.ShouldContain("Moss:Models:other");

        bench.Models = null;
        (await RunAsync("report('ran')")).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>().Reason.ShouldContain("no model proxy");
    }

    private async Task<string> TellAsync(string script) =>
        (await RunAsync(script)).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.Reason;

    private Task<RoleOutcome<CodeReviewReport>> RunAsync(string script, AgentBench? on = null) =>
        (on ?? bench).RunAsync(RoleCatalog.ReviewCode, $"python3 - <<'END'\n{Ask}{script}\nEND\n");
}
