using Moss.Contracts.Implementation;
using Moss.Services.Tests.Agents;

namespace Moss.Services.Tests.Implementation;

public sealed class RebaseChangeTests
{
    private const string Nobody = "exit 1";

    [Fact]
    public async Task A_change_becomes_one_commit_on_what_serves_with_its_message_and_without_an_agent()
    {
        await using var shop = await Workshop.OpenAsync(Nobody);
        var change = shop.Commit("moss/evolution/mine", "Add a tip", ("src/tip.py", "tip = 2\n"));
        var serves = shop.Commit("moss/evolved", "Set x to two", ("src/answer.py", "x = 2\n"));

        var moved = (await shop.AskAsync(Command(shop, change, serves))).ShouldBeOfType<ChangeRebased>();

        (moved.FilesChanged, moved.Insertions, moved.Deletions).ShouldBe((1, 1, 0));
        var branch = $"moss/evolution/{Workshop.Evolution:n}";
        shop.GitLog("rev-parse", branch).ShouldBe(moved.Commit);
        shop.GitLog("rev-parse", branch + "^").ShouldBe(serves);
        shop.GitLog("rev-parse", branch + "^{tree}").ShouldBe(moved.Tree);
        shop.GitLog("show", branch + ":src/answer.py").ShouldBe("x = 2");
        shop.GitLog("log", "-1", "--format=%B", branch).ShouldBe($"Add a tip\nRebased-From: {change}");
        (await shop.TextAsync(moved.DiffArtifact)).ShouldContain("+tip = 2");
    }

    [Fact]
    public async Task A_change_of_the_same_lines_is_refused_and_the_files_are_named()
    {
        await using var shop = await Workshop.OpenAsync(Nobody);
        var change = shop.Commit("moss/evolution/mine", "Set x to three", ("src/answer.py", "x = 3\n"));
        var serves = shop.Commit("moss/evolved", "Set x to two", ("src/answer.py", "x = 2\n"));

        var refused = (await shop.AskAsync(Command(shop, change, serves))).ShouldBeOfType<RebaseRefused>();

        refused.Ground.ShouldBe("Conflict");
        refused.Reason.ShouldContain("src/answer.py");
        refused.Reason.ShouldContain(serves);
    }

    [Fact]
    public async Task A_change_that_serves_already_is_said_to_be_there()
    {
        await using var shop = await Workshop.OpenAsync(Nobody);
        var change = shop.Commit("moss/evolution/mine", "Set x to two", ("src/answer.py", "x = 2\n"));
        var serves = shop.Commit("moss/evolved", "Set x to two, too", ("src/answer.py", "x = 2\n"));

        (await shop.AskAsync(Command(shop, change, serves))).ShouldBeOfType<RebaseRefused>().Ground.ShouldBe("Present");
    }

    [Fact]
    public async Task A_change_of_what_its_new_base_protects_is_refused()
    {
        await using var shop = await Workshop.OpenAsync(Nobody);
        var change = shop.Commit("moss/evolution/mine", "Say more", ("README.md", "The desk is open.\n"));
        var serves = shop.Commit("moss/evolved", "Set x to two", ("src/answer.py", "x = 2\n"));

        (await shop.AskAsync(Command(shop, change, serves))).ShouldBeOfType<RebaseRefused>().Ground.ShouldBe("OutOfScope");
    }

    private static RebaseChange Command(Workshop shop, string change, string serves) =>
        new(Workshop.Stage("Rebase"), shop.Subject with { BaseCommit = serves }, change);
}
