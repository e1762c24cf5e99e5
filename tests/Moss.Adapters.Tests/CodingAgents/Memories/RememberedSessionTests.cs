using System.Collections.Immutable;
using System.Text;
using Moss.CodingAgents;
using Moss.CodingAgents.Memories;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Memories;

public sealed class RememberedSessionTests : IDisposable
{
    private const string Notes = "mkdir -p $HOME/notes; echo \"once more\" >> $HOME/notes/log; cp $HOME/notes/log seen.txt; echo s-1";

    private readonly AgentBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task What_an_author_noted_is_kept_and_given_back_where_it_is_asked_again()
    {
        var agent = new NotingAgent(Notes);
        var first = Reported(await RunAsync(agent, Role.Implement, null));
        (first.Agent, first.Session).ShouldBe(("noting", "s-1"));
        Encoding.UTF8.GetString(first.Files["notes/log"]).ShouldBe("once more\n");

        var second = Reported(await RunAsync(agent, Role.Implement, first));

        bench.Read("seen.txt").ShouldBe("once more\nonce more\n");
        second.Files.Keys.ShouldBe(["notes/log"]);
        agent.Asked.Select(asked => asked.Session).ShouldBe([null, "s-1"]);
        agent.Asked.ShouldAllBe(asked => asked.KeepsSession);
    }

    [Fact]
    public async Task It_is_told_why_and_not_all_over_again()
    {
        var agent = new NotingAgent(Notes);

        await RunAsync(agent, Role.Implement, Memory("noting"));

        var prompt = agent.Asked.ShouldHaveSingleItem().Prompt;
        prompt.ShouldStartWith("# Do it again");
        prompt.ShouldContain("| It does not hold.");
        prompt.ShouldContain("Write one JSON object");
        prompt.ShouldNotContain("The failing scenarios");
    }

    [Fact]
    public async Task A_session_that_it_cannot_find_is_begun_anew()
    {
        var agent = new NotingAgent("""[ -z "$1" ] || exit 1; """ + Notes);

        (await RunAsync(agent, Role.Implement, Memory("noting"))).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

        agent.Asked.Select(asked => asked.Session).ShouldBe(["s-0", null]);
        agent.Asked[1].Prompt.ShouldStartWith("# Make the change");
    }

    [Fact]
    public async Task What_another_agent_noted_is_not_given_to_it()
    {
        var agent = new NotingAgent(Notes);

        await RunAsync(agent, Role.Implement, Memory("somebody"));

        bench.Read("seen.txt").ShouldBe("once more\n");
        agent.Asked.ShouldHaveSingleItem().Prompt.ShouldStartWith("# Make the change");
    }

    [Fact]
    public async Task A_reviewer_judges_anew_each_time()
    {
        var agent = new NotingAgent("""echo '{"decision":"approve","reason":"r"}' > /moss/out/report.json; mkdir -p $HOME/notes; echo x > $HOME/notes/log; echo s-1""");

        var outcome = await bench.Session().RunAsync(
            agent, RoleCatalog.ReviewCode, bench.Task(Role.ReviewCode) with { Memory = Memory("noting") }, null, CancellationToken.None);

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Memory.ShouldBeNull();
        agent.Asked.ShouldHaveSingleItem().ShouldSatisfyAllConditions(asked => asked.Session.ShouldBeNull(), asked => asked.KeepsSession.ShouldBeFalse());
    }

    [Theory]
    [InlineData("echo s-1")]
    [InlineData("ln -s /etc $HOME/notes; echo s-1")]
    [InlineData("mkdir -p $HOME/notes; ln -s /etc/passwd $HOME/notes/log; mkfifo $HOME/notes/pipe; echo s-1")]
    [InlineData("mkdir -p $HOME/notes; i=0; while [ $i -lt 201 ]; do echo x > $HOME/notes/$i; i=$((i+1)); done; echo s-1")]
    [InlineData("mkdir -p $HOME/notes; head -c 17000000 /dev/zero > $HOME/notes/log; echo s-1")]
    [InlineData("mkdir -p $HOME/notes; echo x > $HOME/notes/log; chmod 000 $HOME/notes/log; mv $HOME/notes $HOME/moved; ln -s moved $HOME/notes; echo s-1")]
    public async Task Nothing_is_kept_that_is_not_there_or_leads_elsewhere_or_is_too_much(string script) =>
        (await RunAsync(new NotingAgent(script), Role.Implement, null)).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Memory.ShouldBeNull();

    [Fact]
    public async Task Whoever_failed_has_nothing_to_go_on_with() =>
        (await RunAsync(new NotingAgent(Notes + "; exit 3"), Role.Implement, null)).ShouldBeOfType<RoleOutcome<ImplementReport>.Failed>();

    [Fact]
    public async Task Who_is_recorded_begins_anew_for_a_cassette_stands_for_itself()
    {
        using var tapes = new TemporaryFolder();
        var agent = new NotingAgent(Notes);
        bench.RecordTo = tapes.Path;

        var outcome = await RunAsync(agent, Role.Implement, Memory("noting"));

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Memory.ShouldBeNull();
        agent.Asked[0].Prompt.ShouldStartWith("# Make the change");
    }

    private static AgentMemory Memory(string agent) =>
        new(agent, "s-0", ImmutableSortedDictionary<string, byte[]>.Empty.Add("notes/log", Encoding.UTF8.GetBytes("before\n")));

    private static AgentMemory Reported(RoleOutcome<ImplementReport> outcome) =>
        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Memory.ShouldNotBeNull();

    private Task<RoleOutcome<ImplementReport>> RunAsync(ICodingAgent agent, Role role, AgentMemory? memory)
    {
        var task = bench.Task(role);
        return bench.Session().RunAsync(
            agent, RoleCatalog.Implement, task with { Memory = memory, Facts = task.Facts with { Feedback = memory is null ? null : "It does not hold." } }, null,
            CancellationToken.None);
    }
}
