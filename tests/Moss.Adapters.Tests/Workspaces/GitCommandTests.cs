using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class GitCommandTests
{
    private static readonly GitPlace Place = new(new WorkspaceSettings("/data")) { GitDirectory = "/data/mirrors/a.git" };
    private static readonly CommitHash Commit = new(new string('a', 40));

    [Fact]
    public void Nothing_of_the_machine_reaches_git()
    {
        var environment = GitCommand.WriteTree(Place).Environment;

        environment["GIT_CONFIG_NOSYSTEM"].ShouldBe("1");
        environment["GIT_CONFIG_GLOBAL"].ShouldBe("/data/mirrors/home/gitconfig");
        environment["HOME"].ShouldBe("/data/mirrors/home");
        environment["GIT_TERMINAL_PROMPT"].ShouldBe("0");
        environment["LC_ALL"].ShouldBe("C");
        environment["GIT_ALLOW_PROTOCOL"].ShouldBe("file:git:http:https:ssh");
        environment["GIT_DIR"].ShouldBe("/data/mirrors/a.git");
        environment.ShouldNotContainKey("GIT_WORK_TREE");
        environment.ShouldNotContainKey("GIT_OBJECT_DIRECTORY");
    }

    [Fact]
    public void An_operator_may_add_a_proxy()
    {
        var settings = new WorkspaceSettings("/data") { Environment = new WorkspaceSettings("/").Environment.Add("https_proxy", "http://proxy:3128") };

        new GitPlace(settings).Environment()["https_proxy"].ShouldBe("http://proxy:3128");
    }

    [Fact]
    public void A_look_at_a_lease_writes_its_objects_beside_the_mirror()
    {
        var environment = GitCommand.WriteTree(Place with { Objects = "/data/worktrees/x/objects" }).Environment;

        environment["GIT_OBJECT_DIRECTORY"].ShouldBe("/data/worktrees/x/objects");
        environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"].ShouldBe("/data/mirrors/a.git/objects");
    }

    [Fact]
    public void Only_a_movable_branch_is_forced()
    {
        var address = RepositoryAddress.Parse("https://example.org/desk.git");

        GitCommand.Push(Place, address, Commit, "moss/evolution-1", force: true).Arguments[^1].ShouldStartWith("+");
        GitCommand.Push(Place, address, Commit, "moss/evolved", force: false).Arguments[^1].ShouldBe($"{Commit}:refs/heads/moss/evolved");
    }

    [Fact]
    public void Locations_come_after_the_end_of_options()
    {
        var address = RepositoryAddress.Parse("https://example.org/desk.git");

        GitCommand.Fetch(Place, address).Arguments.ShouldContain("--");
        GitCommand.Fetch(Place, address).Arguments.IndexOf("--").ShouldBeLessThan(GitCommand.Fetch(Place, address).Arguments.IndexOf(address.Location));
    }

    [Fact]
    public void A_commit_carries_its_time()
    {
        var command = GitCommand.CommitTree(Place, new TreeHash("t"), Commit, "m", new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.FromHours(1)));

        command.Environment["GIT_AUTHOR_DATE"].ShouldBe("@1767603600 +0000");
        command.Environment["GIT_COMMITTER_DATE"].ShouldBe("@1767603600 +0000");
    }

    [Theory]
    [InlineData("git@example.org:team/desk.git", false)]
    [InlineData("ssh://git@example.org/desk", false)]
    [InlineData("file:///srv/desk", true)]
    [InlineData("/srv/desk/", true)]
    [InlineData("desk", true)]
    public void Paths_and_urls_are_told_apart(string repository, bool local) => RepositoryAddress.Parse(repository).Local.ShouldBe(local);

    [Fact]
    public void One_place_is_one_mirror_however_it_is_written()
    {
        RepositoryAddress.Parse("/srv/desk/").MirrorName.ShouldBe(RepositoryAddress.Parse("file:///srv/x/../desk").MirrorName);
        RepositoryAddress.Parse("/srv/desk").MirrorName.ShouldNotBe(RepositoryAddress.Parse("/opt/desk").MirrorName);
        RepositoryAddress.Parse("/srv/desk").MirrorName.ShouldMatch("^desk-[0-9a-f]{16}\\.git$");
    }
}
