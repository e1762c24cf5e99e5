using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class RevertingTests : WorkspaceTest
{
    private static readonly CommitMessage Undone = new("Take it back", "too many failures", [("Reverts", "it")]);

    [Fact]
    public async Task The_branch_goes_forward_to_the_earlier_content_and_keeps_what_was_taken_back()
    {
        var before = await MainAsync();
        var change = await ChangeAsync();
        await Git.PublishAsync(Source.Path, "moss/evolved", change, None);

        var reverted = await Git.RevertAsync(Source.Path, change, before, Undone, Time, None);
        await Git.PublishAsync(Source.Path, "moss/evolved", reverted, None);

        (await Git.TreeOfAsync(Source.Path, reverted, None)).ShouldBe(await Git.TreeOfAsync(Source.Path, before, None));
        Source.Git("log", "-1", "--format=%P", "moss/evolved").ShouldBe(change.Value);
        Source.Git("log", "-1", "--format=%B", "moss/evolved").ShouldBe("Take it back\n\ntoo many failures\n\nReverts: it");
    }

    [Fact]
    public async Task The_same_at_the_same_time_is_the_same_hash()
    {
        var (before, change) = (await MainAsync(), await ChangeAsync());

        (await Git.RevertAsync(Source.Path, change, before, Undone, Time, None)).ShouldBe(await Create().RevertAsync(Source.Path, change, before, Undone, Time, None));
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_told()
    {
        var change = await ChangeAsync();

        await Should.ThrowAsync<RepositoryException>(Git.RevertAsync(Source.Path, change, new CommitHash(new string('0', 40)), Undone, Time, None));
    }

    private async Task<CommitHash> ChangeAsync()
    {
        var lease = await Git.LeaseAsync(Source.Path, "change", await MainAsync(), None);
        await File.WriteAllTextAsync(Path.Combine(lease.Path, "src/app.py"), "print('worse')\n");
        var commit = await Git.CommitAsync(lease, new("Change it", "", []), Time, None);
        await Git.ReleaseAsync(lease, None);
        return commit!.Value;
    }
}
