using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

public sealed class OversightTests : IAsyncLifetime
{
    private readonly FakeMoss moss = new();

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    [Fact]
    public async Task A_review_is_the_page_as_it_is()
    {
        var ran = await RunAsync("review", "till");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe($"# Oversight of till\n\nHead {Sample.Commit}\n");
    }

    [Fact]
    public async Task Signing_sends_the_head_that_was_seen_and_the_name()
    {
        var ran = await RunAsync("sign", "till", "--head", Sample.Commit, "--by", "ada");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe($"{Sample.Commit} is on main as me4ge, signed for ada\n");
        var sent = moss.Requests.ShouldHaveSingleItem().Json;
        sent.GetProperty("head").GetString().ShouldBe(Sample.Commit);
        sent.GetProperty("by").GetString().ShouldBe("ada");
    }

    [Fact]
    public async Task Refusing_sends_why_and_lists_what_was_refused()
    {
        var ran = await RunAsync("refuse", "till", "--head", Sample.Commit, "--by", "ada", "--why", "it greets strangers");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe($"refused 0ne\nrefused {Sample.Commit}\nproduction: ba5e\npromoted commits: back at ba5e\n");
        moss.Requests.ShouldHaveSingleItem().Json.GetProperty("why").GetString().ShouldBe("it greets strangers");
    }

    [Fact]
    public async Task A_refusal_that_is_not_undone_everywhere_is_no_success()
    {
        moss.On("POST /api/oversight/till/refuse", Sample.Refused("'till' is stopped"));

        var ran = await RunAsync("refuse", "till", "--head", Sample.Commit, "--by", "ada", "--why", "no");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("production: 'till' is stopped");
    }

    [Theory]
    [InlineData("sign till --by ada", "--head")]
    [InlineData("sign till --head c0ffee", "--by")]
    [InlineData("refuse till --head c0ffee --by ada", "--why")]
    public async Task What_an_answer_needs_is_asked_for(string words, string missing)
    {
        var ran = await RunAsync(words.Split(' '));

        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain(missing);
        moss.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_hook_is_printed_as_it_is_to_be_installed()
    {
        var ran = await RunAsync("guard", "till", "--print-hook");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe("#!/bin/sh\nexit 1\n");
    }

    [Fact]
    public async Task A_branch_that_the_remote_does_not_guard_is_no_success()
    {
        moss.On("GET /api/oversight/till/guard", new { standing = "open", detail = "there is no hooks/update", fix = "write it", hook = "#!/bin/sh\n" });

        var ran = await RunAsync("guard", "till");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBe("open: there is no hooks/update\n  fix: write it\n");
    }

    private Task<Ran> RunAsync(params string[] words) => MossCommand.RunAsync(moss.Url, ["oversight", .. words]);
}
