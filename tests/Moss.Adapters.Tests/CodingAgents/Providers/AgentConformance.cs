using System.Globalization;
using Moss.Adapters.Tests.CodingAgents.Sessions;
using Moss.Adapters.Tests.ModelProxy;
using Moss.CodingAgents;
using Moss.CodingAgents.Prompts;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Substrates;
using Moss.Testing;
using Moss.Testing.Models.Scripts;

namespace Moss.Adapters.Tests.CodingAgents.Providers;

/// <summary>
/// What every provider must do with its real program: in the real jail, through the real proxy, with a scripted model behind it. What
/// differs between them is the name, the protocol and the model.
/// </summary>
public abstract class AgentConformance(string provider, string protocol, string model = "m") : IAsyncLifetime
{
    private const string File = "src/a.py";

    private static readonly ModelTurn Approve = new ModelTurn.Report("""{"decision":"approve","reason":"It holds."}""");

    private static readonly ModelTurn Done = new ModelTurn.Say("Done.\n\n```json\n{\"subject\":\"Count from two\"}\n```");

    private readonly AgentBench bench = new();
    private ProxyBench proxy = null!;

    public async Task InitializeAsync()
    {
        proxy = await ProxyBench.StartAsync(protocol, ("Moss:Models:stub:Silence", "00:00:04"), ("Moss:Models:stub:LongestAnswer", "300000"));
        SetUp(bench);
    }

    public async Task DisposeAsync()
    {
        bench.Dispose();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task It_edits_one_file()
    {
        var outcome = await ImplementAsync(bench, File);

        outcome.ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>().Report.Subject.ShouldBe("Count from two");
        bench.Read(File).ShouldBe("x = 2\n");
        bench.Read("src/vendor/lib.py").ShouldBe("y = 1\n");
        outcome.Use.Cost.TokensIn.ShouldBeGreaterThanOrEqualTo(2000);
        outcome.Use.Cost.TokensOut.ShouldBeGreaterThanOrEqualTo(100);
        outcome.Use.Cost.Dollars.ShouldBePositive();
    }

    [Fact]
    public async Task It_runs_a_command_in_the_work_tree()
    {
        Script(new ModelTurn.Run("pwd > where.txt"), Done);

        (await RunAsync(RoleCatalog.Implement)).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

        bench.Read("where.txt").ShouldBe("/work\n");
    }

    [Fact]
    public async Task A_reading_role_cannot_edit_and_its_report_is_read()
    {
        Script(new ModelTurn.Read("/work/" + File), Edit(File), Approve);

        var outcome = await RunAsync(RoleCatalog.ReviewCode);

        outcome.ShouldBeOfType<RoleOutcome<CodeReviewReport>.Reported>().Report.ShouldBe(new CodeReviewReport(CodeDecision.Approve, "It holds."));
        bench.Read(File).ShouldBe("x = 1\n");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_model_that_refuses_is_an_outage_and_no_failed_round(int status)
    {
        Script(new ModelTurn.Refuse(status, status == 429 ? 7 : null));

        var unavailable = (await RunAsync(RoleCatalog.ReviewCode)).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>();

        unavailable.Reason.ShouldContain(status.ToString(CultureInfo.InvariantCulture) is "401" ? "key" : status.ToString(CultureInfo.InvariantCulture));
        unavailable.RetryAfter.ShouldBe(status == 429 ? TimeSpan.FromSeconds(7) : null);
    }

    [Fact]
    public async Task A_model_that_never_answers_is_an_outage()
    {
        Script(new ModelTurn.Hang());

        (await RunAsync(RoleCatalog.ReviewCode)).ShouldBeOfType<RoleOutcome<CodeReviewReport>.Unavailable>().Reason.ShouldContain("model");
    }

    [Fact]
    public async Task Malformed_answers_are_no_result()
    {
        Script(new ModelTurn.Garble());
        bench.Timeout = BrokenTimeout;

        Unsuccessful(await RunAsync(RoleCatalog.ReviewCode));
    }

    [Fact]
    public async Task Endless_answers_are_cut_off_and_no_result()
    {
        Script(new ModelTurn.Flood());
        bench.Timeout = BrokenTimeout;

        Unsuccessful(await RunAsync(RoleCatalog.ReviewCode));
    }

    [Fact]
    public async Task A_loop_without_end_ends_with_the_money()
    {
        proxy.Model.Answer = ScriptedModel.Plays(ModelScript.Loop);
        bench.DollarsLeft = Fortune;
        bench.Timeout = LoopTimeout;

        var outcome = await RunAsync(RoleCatalog.Implement);

        outcome.ShouldNotBeOfType<RoleOutcome<ImplementReport>.Reported>();
        outcome.Use.Exhausted.ShouldBeTrue();
        outcome.Use.Cost.Dollars.ShouldBeLessThanOrEqualTo(Fortune);
    }

    [Fact]
    public async Task Nothing_that_it_forked_outlives_it_whatever_signals_it_ignores()
    {
        var mark = $"moss-{Guid.NewGuid():N}";
        Script(new ModelTurn.Run($"trap '' TERM INT HUP; setsid sh -c 'trap \"\" TERM INT HUP; tail -f /dev/null' {mark} & touch started; tail -f /dev/null"), Done);
        using var stop = new CancellationTokenSource();
        var run = bench.Session().RunAsync(Agent(), RoleCatalog.Implement, bench.Task(Role.Implement), null, stop.Token);

        await Eventually.HoldsAsync(() => System.IO.File.Exists(Path.Combine(bench.WorkTree, "started")) || run.IsCompleted);
        RunningMarks.Has(mark).ShouldBeTrue();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        await Eventually.HoldsAsync(() => !RunningMarks.Has(mark));
    }

    [Fact]
    public async Task It_is_given_a_prompt_of_half_a_megabyte()
    {
        bench.Prompts = new PromptLimits { Evidence = 600_000, EvidenceItem = 600_000 };
        bench.Evidence = [new("a long transcript", string.Concat(Enumerable.Repeat("All work and no play.\n", 24_000)) + "end-of-it")];
        Script(Done);

        (await RunAsync(RoleCatalog.Implement)).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

        proxy.Model.Requests.ShouldContain(request => request.Body.Length > 500_000 && request.Body.Contains("end-of-it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_of_files_may_have_blanks_and_quotes()
    {
        bench.Write(OddName, "x = 1\n");

        (await ImplementAsync(bench, OddName)).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

        bench.Read(OddName).ShouldBe("x = 2\n");
    }

    [Fact]
    public async Task Two_at_once_do_not_see_each_other()
    {
        using var other = new AgentBench();
        SetUp(other);

        var outcomes = await Task.WhenAll(ImplementAsync(bench, File), ImplementAsync(other, File));

        outcomes.ShouldAllBe(outcome => outcome is RoleOutcome<ImplementReport>.Reported);
        bench.Read(File).ShouldBe("x = 2\n");
        other.Read(File).ShouldBe("x = 2\n");
        proxy.Model.Requests.ShouldAllBe(request => request.Headers.Values.All(value => !value.Contains("moss-", StringComparison.Ordinal)));
    }

    /// <summary>A file with a name that shells and patches stumble over.</summary>
    protected virtual string OddName => "src/it's \"the\" one.py";

    /// <summary>Where broken streams are tried again for longer than a test may last, the wall clock ends it.</summary>
    protected virtual TimeSpan BrokenTimeout => TimeSpan.FromSeconds(60);

    protected virtual TimeSpan LoopTimeout => TimeSpan.FromSeconds(120);

    /// <summary>Enough for some turns.</summary>
    protected virtual decimal Fortune => 1;

    private static void Unsuccessful<TReport>(RoleOutcome<TReport> outcome)
        where TReport : class => (outcome switch
        {
            RoleOutcome<TReport>.Failed failed => failed.Reason,
            RoleOutcome<TReport>.Unavailable unavailable => unavailable.Reason,
            var other => throw new ShouldAssertException($"it is {other}"),
        }).ShouldNotBeNullOrWhiteSpace();

    private static ModelTurn.Edit Edit(string file) => new("/work/" + file, "x = 1", "1", "2");

    private ICodingAgent Agent() => Catalog.Create(provider, new AgentModel { Upstream = "stub", Name = model })!;

    private void SetUp(AgentBench agents)
    {
        agents.Models = proxy.Proxy;
        agents.ToolFolders = [.. AgentPrograms.FoldersFor(provider)];
        agents.OutagePatience = TimeSpan.FromSeconds(2);
        agents.Timeout = TimeSpan.FromSeconds(120);
    }

    private void Script(params ModelTurn[] turns) => proxy.Model.Answer = ScriptedModel.Plays(ModelScript.Of(turns));

    private Task<RoleOutcome<ImplementReport>> ImplementAsync(AgentBench agents, string file)
    {
        Script(new ModelTurn.Read("/work/" + file), Edit(file), Done);
        return agents.RunAsync(RoleCatalog.Implement, Agent());
    }

    private Task<RoleOutcome<TReport>> RunAsync<TReport>(RoleSpec<TReport> role)
        where TReport : class => bench.RunAsync(role, Agent());
}
