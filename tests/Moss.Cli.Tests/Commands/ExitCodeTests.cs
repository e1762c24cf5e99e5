using Microsoft.AspNetCore.Http;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Tests.Bench;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

public sealed class ExitCodeTests : IAsyncLifetime
{
    private readonly FakeMoss moss = new();

    private static string Id => Sample.EvolutionId.ToString();

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    [Fact]
    public void The_readme_lists_every_code()
    {
        var readme = SourceTree.Read("README.md").ReplaceLineEndings(" ");

        readme.ShouldContain(
            $"{ExitCodes.Done} done, {ExitCodes.Refused} refused by the server, or an agent or a swap does not conform, "
            + $"or what was refused at oversight is not undone everywhere, or the remote does not guard the stable branch, {ExitCodes.Usage} wrong usage, "
            + $"{ExitCodes.NotReachable} Moss, or something that it needs, cannot be reached or used, "
            + $"{ExitCodes.NotPromoted} not promoted, {ExitCodes.AuditFailed} the audit found a change, "
            + $"{ExitCodes.VerdictDiffers} a verdict is not what its trials give, {ExitCodes.Cancelled} cancelled");
    }

    [Theory]
    [InlineData("")]
    [InlineData("dance")]
    [InlineData("evo")]
    [InlineData("evo status --no-such-option")]
    [InlineData("evo status not-an-id")]
    [InlineData("evo apply")]
    [InlineData("demo --sabotage everything")]
    [InlineData("evo flag --file /nowhere.json")]
    [InlineData("evo start not-an-id")]
    [InlineData("bench quixbugs --path /tmp --agent-seconds soon")]
    [InlineData("bench agents --agent nobody")]
    [InlineData("bench agents --runs 0")]
    [InlineData("evo status --url localhost:8080")]
    [InlineData("evo status --url nonsense")]
    [InlineData("evo status --api-key schlüssel")]
    [InlineData("gateway key --name ci --scopes read,root")]
    [InlineData("gateway key --name ci --scopes ,")]
    [InlineData("gateway key --name two/words --scopes read")]
    [InlineData("gateway key --scopes read")]
    public async Task Words_that_are_no_command_are_wrong_usage(string words)
    {
        var ran = await MossCommand.RunAsync(moss.Url, words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldStartWith("error: ");
        ran.Error.ShouldContain("fix: ");
        ran.Error.ShouldNotContain("   at ", Case.Sensitive, "no stack trace for a slip of the pen");
    }

    [Fact]
    public async Task An_address_in_the_environment_that_is_none_is_named()
    {
        var ran = await MossCommand.RunAsync("localhost:8080", "audit", "verify");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("MOSS_URL: 'localhost:8080' is no address");
        ran.Error.ShouldContain("fix: write it like http://127.0.0.1:8080");
    }

    [Fact]
    public async Task A_server_that_is_not_there_cannot_be_reached()
    {
        var gone = new FakeMoss();
        await gone.InitializeAsync();
        var url = gone.Url;
        await gone.DisposeAsync();

        var ran = await MossCommand.RunAsync(url, "evo", "status");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("Moss cannot be reached");
        ran.Error.ShouldContain(url);
        ran.Error.ShouldContain("moss up");
    }

    [Fact]
    public async Task The_option_wins_over_the_environment()
    {
        (await MossCommand.RunAsync("http://127.0.0.1:1", "evo", "status", "--url", moss.Url)).Code.ShouldBe(ExitCodes.Done);
    }

    [Fact]
    public async Task A_server_that_is_another_program_is_told_from_Moss()
    {
        moss.On("GET /api/evolutions", context => context.Response.WriteAsync("<html>hello</html>"));

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("What answers there is not Moss");
    }

    [Fact]
    public async Task A_server_that_ends_while_it_is_watched_is_no_crash()
    {
        moss.On($"GET /api/evolutions/{Id}/stream", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: x\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "watch", Id);

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldStartWith("error: Moss ");
        ran.Error.ShouldNotContain("   at ", Case.Sensitive);
    }

    [Fact]
    public async Task A_change_in_history_fails_the_audit()
    {
        moss.On("GET /api/audit/verify", new AuditView(false, 3, 40, [new("evolution-1", 7, "its hash does not fit")]));

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "verify");

        ran.Code.ShouldBe(ExitCodes.AuditFailed);
        ran.Output.ShouldContain("evolution-1 version 7: its hash does not fit");
    }

    [Fact]
    public async Task A_verdict_that_is_not_what_its_trials_give_is_told_loudly_and_apart()
    {
        moss.On($"GET /api/audit/rederive/{Id}", new RederivationView(
            Sample.EvolutionId, false, 1, 0, [new(19, "ruling", 1, "Differs", 2, [new("verdict", "Converged", "NeedMoreWork")])]));

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "rederive", Id);

        ran.Code.ShouldBe(ExitCodes.VerdictDiffers);
        ran.Output.ShouldContain("DIFFERS: ruling of iteration 1 (version 19): verdict is 'Converged', and its trials give 'NeedMoreWork'");
    }

    [Fact]
    public async Task A_rule_that_is_not_known_is_no_difference_but_is_told()
    {
        moss.On($"GET /api/audit/rederive/{Id}", new RederivationView(Sample.EvolutionId, true, 1, 1, [new(19, "ruling", 1, "UnknownPolicy", 9, [])]));

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "rederive", Id);

        ran.Code.ShouldBe(ExitCodes.Done);
        ran.Output.ShouldContain("not derived: ruling of iteration 1 (version 19) was made by rule 9, which this Moss does not know");
    }

    [Theory]
    [InlineData("evo watch")]
    [InlineData("evo apply --yes")]
    public async Task What_was_not_promoted_is_told_from_what_was(string words)
    {
        string[] command = [.. words.Split(' '), Id];
        (await MossCommand.RunAsync(moss.Url, command)).Code.ShouldBe(ExitCodes.Done);

        moss.On($"GET /api/evolutions/{Id}", Sample.RolledBack);

        (await MossCommand.RunAsync(moss.Url, command)).Code.ShouldBe(ExitCodes.NotPromoted);
    }

    [Fact]
    public async Task A_moss_that_does_not_start_is_told_with_what_it_said()
    {
        using var clone = new Clone();
        using var home = new TemporaryFolder();
        home.Write("artifacts/bin/Moss.Standalone/release/Moss.Standalone.dll", "no program");

        var ran = await MossCommand.RunAsync(
            new Dictionary<string, string> { ["MOSS_HOME"] = home.Path }, "bench", "quixbugs", "--path", clone.Path, "--data", home.Combine("data"));

        ran.Code.ShouldBe(3);
        ran.Error.ShouldStartWith("error: Moss did not start");
        ran.Error.ShouldContain("moss doctor");
        ran.Error.ShouldNotContain("   at ");
    }
}
