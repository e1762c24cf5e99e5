using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class CommittingTests : WorkspaceTest
{
    [Fact]
    public async Task Nothing_changed_is_no_commit() => (await Git.CommitAsync(await LeaseAsync(), Message(), Time, None)).ShouldBeNull();

    [Fact]
    public async Task A_commit_holds_exactly_the_changes_on_top_of_the_start()
    {
        var lease = await LeaseAsync();
        Write(lease, "src/app.py", "print('bye')\n");
        Write(lease, "src/__pycache__/app.pyc", "x");
        var seen = await Git.ChangesAsync(lease, None);

        var commit = (await Git.CommitAsync(lease, Message(), Time, None))!.Value;

        var diff = await Git.DiffAsync(Source.Path, lease.Start, commit, None);
        diff.Patch.ShouldBe(seen.Patch);
        (await ReadAsync(commit, "src/app.py")).ShouldBe("print('bye')\n");
        File.ReadAllText(Path.Combine(await Git.CheckoutAsync(Source.Path, commit, None), "src", "app.py")).ShouldBe("print('bye')\n");
    }

    [Fact]
    public async Task The_same_change_at_the_same_time_is_the_same_hash()
    {
        var first = await CommitAsync("one", Time);

        (await CommitAsync("two", Time)).ShouldBe(first);
        (await CommitAsync("three", Time.AddSeconds(1))).ShouldNotBe(first);
    }

    [Fact]
    public async Task Committing_again_answers_the_same_commit()
    {
        var lease = await LeaseAsync();
        Write(lease, "a.txt", "a\n");

        var first = await Git.CommitAsync(lease, Message(), Time, None);

        (await Git.CommitAsync(lease, Message(), Time, None)).ShouldBe(first);
    }

    [Fact]
    public async Task A_commit_stays_readable_after_its_lease_is_gone()
    {
        var lease = await LeaseAsync();
        Write(lease, "a.txt", "a\n");
        await Git.ChangesAsync(lease, None);
        var commit = (await Git.CommitAsync(lease, Message(), Time, None))!.Value;
        await Git.ReleaseAsync(lease, None);

        var other = Create();

        (await other.ReadFileAsync(Source.Path, commit, "a.txt", None)).ShouldBe("a\n"u8.ToArray());
    }

    [Fact]
    public async Task The_message_author_and_time_are_as_given()
    {
        var lease = await LeaseAsync();
        Write(lease, "a.txt", "a\n");
        var message = new CommitMessage(
            "Give each lookup\nits own result", "Batched lookups shared one slot.\r\n\r\nNote: not a trailer", [("Batch", "b-1"), ("Evolution", "e-1\nForged: yes")]);

        var commit = (await Git.CommitAsync(lease, message, Time, None))!.Value;
        await Git.PublishAsync(Source.Path, "moss/evolution-1", commit, None);

        Source.Git("log", "-1", "--format=%an <%ae> %aI%n%cn %cI%n%B", commit.Value).ShouldBe("""
            Moss <moss@localhost> 2026-01-05T09:00:00+00:00
            Moss 2026-01-05T09:00:00+00:00
            Give each lookup its own result

            Batched lookups shared one slot.

            Note: not a trailer

            Batch: b-1
            Evolution: e-1 Forged: yes
            """.ReplaceLineEndings("\n"));
        Source.Git("log", "-1", "--format=%(trailers:only)", commit.Value).Trim().ShouldBe("Batch: b-1\nEvolution: e-1 Forged: yes");
    }

    [Fact]
    public void A_trailer_key_is_checked() =>
        Should.Throw<ArgumentException>(() => CommitText.Render(new CommitMessage("x", "", [("Bad key", "x")])));

    private async Task<CommitHash?> CommitAsync(string name, DateTimeOffset time)
    {
        var lease = await LeaseAsync(name);
        Write(lease, "a.txt", "a\n");
        return await Git.CommitAsync(lease, Message(), time, None);
    }
}
