using Moss.Processes;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class BadRepositoryTests : WorkspaceTest
{
    [Fact]
    public async Task A_path_that_is_not_there() =>
        (await RefusalOf(() => Git.InspectAsync("/no/such/place", None))).ShouldBe("/no/such/place is not there: give the path of a git repository or its URL.");

    [Fact]
    public async Task A_file() =>
        (await RefusalOf(() => Git.ResolveAsync(Source.Combine("README.md"), "main", None))).ShouldContain("is a file: give the folder");

    [Fact]
    public async Task A_folder_without_a_repository()
    {
        using var folder = new TemporaryFolder();

        (await RefusalOf(() => Git.ResolveAsync(folder.Path, "main", None))).ShouldContain("is not a git repository. Give the top folder");
    }

    [Fact]
    public async Task A_folder_within_a_repository() =>
        (await RefusalOf(() => Git.ResolveAsync(Source.Combine("src"), "main", None))).ShouldContain("is not a git repository. Give the top folder");

    [Fact]
    public async Task A_repository_without_commits()
    {
        using var empty = new TemporaryRepository();

        (await RefusalOf(() => Git.InspectAsync(empty.Path, None))).ShouldContain("has no commits yet: commit at least once");
        (await RefusalOf(() => Git.ResolveAsync(empty.Path, "main", None))).ShouldContain("has no commits yet");
    }

    [Fact]
    public async Task An_url_that_nobody_answers()
    {
        var refusal = await RefusalOf(() => Git.ResolveAsync("http://user:secret@127.0.0.1:9/repo.git", "main", None));

        refusal.ShouldContain("http://127.0.0.1:9/repo.git cannot be reached");
        refusal.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("--upload-pack=touch /tmp/x", "is not a repository")]
    [InlineData("ext::sh -c touch% /tmp/x", "helper program")]
    [InlineData("fd::17", "helper program")]
    [InlineData("ftp://host/repo", "does not fetch from")]
    [InlineData("https://", "not a complete URL")]
    [InlineData("a\nb", "is not a repository")]
    public async Task What_is_no_repository_never_reaches_git(string repository, string complaint)
    {
        (await RefusalOf(() => Git.InspectAsync(repository, None))).ShouldContain(complaint);

        Runner.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_that_vanished_after_it_was_mirrored()
    {
        using var other = new TemporaryRepository(("a.txt", "a"));
        var commit = await Git.ResolveAsync(other.Path, "main", None);
        other.Dispose();

        (await RefusalOf(() => Git.ResolveAsync(other.Path, "main", None))).ShouldContain("is not there");
        (await Git.ReadFileAsync(other.Path, commit, "a.txt", None)).ShouldBe("a"u8.ToArray());
    }

    [Fact]
    public async Task Git_that_is_missing_or_hangs_is_said_so()
    {
        var settings = new WorkspaceSettings(Data.Path);
        var missing = new GitWorkspaces(settings, new Stub(new ProcessResult.NotStarted("no such file")), TimeProvider.System);
        var hanging = new GitWorkspaces(settings, new Stub(new ProcessResult.TimedOut()), TimeProvider.System);

        (await RefusalOf(() => missing.InspectAsync(Source.Path, None))).ShouldContain("install git");
        (await RefusalOf(() => hanging.InspectAsync(Source.Path, None))).ShouldContain("took longer than");
    }

    private sealed class Stub(ProcessResult result) : IProcessRunner
    {
        public Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken) => Task.FromResult(result);
    }
}
