using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

/// <summary>A bare remote with a stable branch and promoted commits beside it, and the key of oversight.</summary>
public abstract class OversightTest : WorkspaceTest
{
    protected OversightTest()
    {
        Remote = folder.Combine("remote.git");
        Start = new CommitHash(Source.Head);
        Source.Git("checkout", "--quiet", "-b", "moss/evolved");
        First = new CommitHash(Source.Commit("Divide by 100", ("src/app.py", "print('hello')\nprint(1)\n")));
        Head = new CommitHash(Source.Commit("Greet twice", ("src/twice.py", "print('hello')\n"), ("requirements.txt", "requests>=2\n")));
        Source.Git("checkout", "--quiet", "main");
        Source.Git("clone", "--quiet", "--bare", Source.Path, Remote);
    }

    private readonly TemporaryFolder folder = new();

    protected string Remote { get; }

    protected SshKey Key { get; } = new();

    protected CommitHash Start { get; }

    protected CommitHash First { get; }

    protected CommitHash Head { get; }

    protected SigningKeyFile KeyFile => new(Key.Path);

    protected string Tip(string branch = "main") => Source.Git("--git-dir", Remote, "rev-parse", branch);

    protected MergeOrder Order(CommitHash? tip = null, CommitHash? head = null) => new(
        Remote, tip ?? Start, head ?? Head, new CommitMessage("Merge what was reviewed", "", [("Reviewed-by", "ada"), ("Review-Hash", "c0ffee")]), Time);

    protected async Task<CommitHash> MergedAsync(CommitHash? tip = null) =>
        (await Git.Stable.MergeAsync(Order(tip), KeyFile, None)).ShouldBeOfType<SignedMerge.Made>().Commit;

    /// <summary>A commit on main that a person pushes.</summary>
    protected CommitHash Pushed(string file, string content)
    {
        var commit = Source.Commit("By hand", (file, content));
        Source.Git("push", "--quiet", Remote, "main");
        return new CommitHash(commit);
    }

    protected override void Dispose(bool disposing)
    {
        Key.Dispose();
        folder.Dispose();
        base.Dispose(disposing);
    }
}
