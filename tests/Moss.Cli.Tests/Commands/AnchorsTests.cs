using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

public sealed class AnchorsTests : IAsyncLifetime
{
    private static readonly string Hash = new('a', 64);

    private static readonly string Anchor = $$"""
        { "evolution": "{{Sample.EvolutionId}}", "at": "2026-01-05T09:00:00Z",
          "streams": [{ "stream": "evolution-1", "version": 7, "position": 9, "hash": "{{Hash}}" }], "feed": { "position": 9, "digest": "{{Hash}}" } }
        """;

    private readonly FakeMoss moss = new();
    private readonly TemporaryRepository repository = new(("moss.yaml", "name: till\n"));

    public Task InitializeAsync() => moss.InitializeAsync();

    public async Task DisposeAsync()
    {
        repository.Dispose();
        await moss.DisposeAsync();
    }

    [Fact]
    public async Task Anchors_of_a_repository_are_sent_to_be_compared()
    {
        Keep(("audit/one.json", Anchor), ("audit/README.md", "not one"), ("elsewhere.json", "{}"));
        moss.On("POST /api/audit/verify", new AuditView(true, 3, 40, [], 2));

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        ran.Output.ShouldContain("40 events in 3 streams, compared with 2 anchors: nothing was changed");
        var body = moss.Requests.ShouldHaveSingleItem().Json;
        body.GetProperty("streams")[0].GetProperty("stream").GetString().ShouldBe("evolution-1");
        body.GetProperty("streams")[0].GetProperty("version").GetInt64().ShouldBe(7);
        body.GetProperty("feed")[0].GetProperty("digest").GetString().ShouldBe(Hash);
    }

    [Fact]
    public async Task An_anchor_that_was_written_over_still_counts()
    {
        Keep(("audit/one.json", Anchor));
        Keep(("audit/one.json", Anchor.Replace("\"version\": 7", "\"version\": 12", StringComparison.Ordinal)));
        moss.On("POST /api/audit/verify", new AuditView(true, 3, 40, [], 3));

        await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);

        moss.Requests.ShouldHaveSingleItem().Json.GetProperty("streams").EnumerateArray().Select(stream => stream.GetProperty("version").GetInt64())
            .ShouldBe([7, 12], ignoreOrder: true);
    }

    [Fact]
    public async Task What_differs_fails_the_audit()
    {
        Keep(("audit/one.json", Anchor));
        moss.On("POST /api/audit/verify", new AuditView(
            false, 3, 40, [new("evolution-1", 7, "was anchored, and the stream ends with version 5: its end was removed"), new("", -1, "the feed ends")], 2));

        var text = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);
        var json = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path, "--json");

        text.Code.ShouldBe(ExitCodes.AuditFailed);
        text.Output.ShouldContain("  evolution-1 version 7: was anchored, and the stream ends with version 5");
        text.Output.ShouldContain("  the feed ends");
        json.Code.ShouldBe(ExitCodes.AuditFailed);
        json.Json.GetProperty("problems").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_repository_without_anchors_is_no_proof()
    {
        var none = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);
        none.Code.ShouldBe(ExitCodes.Usage);
        none.Error.ShouldContain("has no branch moss/audit");

        Keep(("audit/README.md", "only words"));
        var empty = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);
        empty.Code.ShouldBe(ExitCodes.Usage);
        empty.Error.ShouldContain("has no anchors");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "streams": [null], "feed": { "position": 1, "digest": "a" } }""")]
    public async Task An_anchor_that_cannot_be_read_is_named(string text)
    {
        Keep(("audit/one.json", Anchor), ("audit/two.json", text));

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", repository.Path);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("audit/two.json");
        moss.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_repository_is_told()
    {
        using var folder = new TemporaryFolder();

        var ran = await MossCommand.RunAsync(moss.Url, "audit", "verify", "--anchors", folder.Path);

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("does not appear to be a git repository");
    }

    private void Keep(params ReadOnlySpan<(string Path, string Content)> files)
    {
        var known = repository.Git("branch", "--list", "moss/audit").Length > 0;
        repository.Git(known ? (string[])["checkout", "--quiet", "moss/audit"] : ["checkout", "--quiet", "-b", "moss/audit"]);
        repository.Commit("Anchors", files);
        repository.Git("checkout", "--quiet", "main");
    }
}
