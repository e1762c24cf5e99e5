using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class RebasingTests : WorkspaceTest
{
    [Fact]
    public async Task A_commit_is_moved_with_its_message_and_a_trailer_that_names_it()
    {
        var change = await ChangeAsync("mine", "src/app.py", "print('bye')\n");
        var onto = await ChangeAsync("theirs", "README.md", "# The desk\n");

        var moved = await MovedAsync(change, onto);

        (await ReadAsync(moved, "src/app.py")).ShouldBe("print('bye')\n");
        (await ReadAsync(moved, "README.md")).ShouldBe("# The desk\n");
        Paths(await Git.DiffAsync(Source.Path, onto, moved, None)).ShouldBe(["src/app.py"]);
        await Git.PublishAsync(Source.Path, "moss/evolution-1", moved, None);
        Source.Git("log", "-1", "--format=%P", "moss/evolution-1").ShouldBe(onto.Value);
        Source.Git("log", "-1", "--format=%B", "moss/evolution-1").ShouldBe($"Change mine\n\nBatch: b-1\nRebased-From: {change}");
    }

    [Fact]
    public async Task Different_lines_of_one_file_are_put_together()
    {
        Source.Commit("Write a list", ("list.txt", string.Concat(Enumerable.Range(0, 20).Select(line => $"{line}\n"))));
        var list = await ReadAsync(await MainAsync(), "list.txt");
        var change = await ChangeAsync("mine", "list.txt", list!.Replace("2\n3", "2\nmine\n3", StringComparison.Ordinal));
        var onto = await ChangeAsync("theirs", "list.txt", list + "theirs\n");

        var moved = await MovedAsync(change, onto);

        (await ReadAsync(moved, "list.txt")).ShouldBe(list.Replace("2\n3", "2\nmine\n3", StringComparison.Ordinal) + "theirs\n");
    }

    [Fact]
    public async Task Files_in_which_both_changed_the_same_lines_are_named()
    {
        var change = await ChangeAsync("mine", "src/app.py", "print('mine')\n");
        var onto = await ChangeAsync("theirs", "src/app.py", "print('theirs')\n");

        var rebase = await Git.RebaseAsync(Source.Path, change, onto, Time, None);

        rebase.ShouldBeOfType<Rebase.Conflicts>().Files.ShouldBe(["src/app.py"]);
    }

    [Fact]
    public async Task A_change_that_is_there_already_leaves_the_tree_as_it_is()
    {
        var change = await ChangeAsync("mine", "src/app.py", "print('bye')\n");
        var onto = await ChangeAsync("theirs", "src/app.py", "print('bye')\n");

        var moved = await MovedAsync(change, onto);

        (await Git.TreeOfAsync(Source.Path, moved, None)).ShouldBe(await Git.TreeOfAsync(Source.Path, onto, None));
    }

    [Fact]
    public async Task The_same_move_at_the_same_time_is_the_same_hash()
    {
        var change = await ChangeAsync("mine", "src/app.py", "print('bye')\n");
        var onto = await ChangeAsync("theirs", "README.md", "# The desk\n");

        (await MovedAsync(change, onto)).ShouldBe(await MovedAsync(change, onto));
    }

    [Fact]
    public async Task A_commit_that_is_not_there_is_named()
    {
        var missing = new CommitHash(new('0', 40));

        (await RefusalOf(async () => await Git.RebaseAsync(Source.Path, missing, await MainAsync(), Time, None))).ShouldContain(missing.Value);
    }

    private async Task<CommitHash> ChangeAsync(string name, string path, string content)
    {
        var lease = await LeaseAsync(name);
        Write(lease, path, content);
        return (await Git.CommitAsync(lease, new CommitMessage($"Change {name}", "", [("Batch", "b-1")]), Time, None))!.Value;
    }

    private async Task<CommitHash> MovedAsync(CommitHash change, CommitHash onto) =>
        (await Git.RebaseAsync(Source.Path, change, onto, Time, None)).ShouldBeOfType<Rebase.Moved>().Commit;
}
