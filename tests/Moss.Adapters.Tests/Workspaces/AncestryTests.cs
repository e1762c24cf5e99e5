using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class AncestryTests : WorkspaceTest
{
    [Fact]
    public async Task A_commit_is_in_the_history_of_itself_and_of_what_follows_it()
    {
        var first = await MainAsync();
        Source.Commit("More", ("more.txt", ""));
        var second = await MainAsync();

        (await Git.IsAncestorAsync(Source.Path, first, first, None)).ShouldBeTrue();
        (await Git.IsAncestorAsync(Source.Path, first, second, None)).ShouldBeTrue();
        (await Git.IsAncestorAsync(Source.Path, second, first, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_on_another_branch_is_not_in_the_history()
    {
        var main = await MainAsync();
        Source.Branch("other");
        var other = new CommitHash(Source.Commit("Elsewhere", ("elsewhere.txt", "")));

        (await Git.IsAncestorAsync(Source.Path, other, main, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_told() =>
        await Should.ThrowAsync<RepositoryException>(async () => await Git.IsAncestorAsync(Source.Path, new(new('9', 40)), await MainAsync(), None));

    [Fact]
    public async Task What_changed_is_told_with_full_ids_so_that_the_text_never_depends_on_what_else_is_there()
    {
        var first = await MainAsync();
        Source.Commit("More", ("more.txt", "more\n"));

        (await Git.DiffAsync(Source.Path, first, await MainAsync(), None)).Patch
            .ShouldContain($"index {new string('0', 40)}..{Source.Git("rev-parse", "HEAD:more.txt")}");
    }
}
