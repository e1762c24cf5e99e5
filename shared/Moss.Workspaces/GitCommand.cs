using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>Every git command that Moss runs, as data.</summary>
internal static class GitCommand
{
    /// <summary>Longest patch that is kept, in bytes.</summary>
    public const int PatchLimit = 16 * 1024 * 1024;

    private const int ListLimit = 128 * 1024 * 1024;

    private const string Row = "--format=%H%n%P%n%s";

    public static ProcessInvocation InitialiseBare(GitPlace place, string path) =>
        Run(place, "init", "--quiet", "--bare", "--template=", "--initial-branch=none", "--", path);

    public static ProcessInvocation Fetch(GitPlace place, RepositoryAddress from) => Transfer(
        place,
        "fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules", "--update-shallow", "--no-write-fetch-head", "--",
        from.Location, "+refs/heads/*:refs/source/heads/*", "+refs/tags/*:refs/source/tags/*");

    public static ProcessInvocation RemoteHead(GitPlace place, RepositoryAddress from) =>
        Transfer(place, "ls-remote", "--symref", "--", from.Location, "HEAD");

    /// <summary>
    /// Pushes one commit to one branch. In a local source, receive-pack is told to refuse a checked-out branch whatever the
    /// source's own configuration allows, and to let a branch be moved that may be: repositories that several users share deny it.
    /// </summary>
    public static ProcessInvocation Push(GitPlace place, RepositoryAddress to, CommitHash commit, string branch, bool force) => Transfer(
        place,
        [
            "push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed",
            .. to.Local
                ? [$"--receive-pack=git -c receive.denyCurrentBranch=refuse{(force ? " -c receive.denyNonFastForwards=false" : "")} receive-pack"]
                : ImmutableArray<string>.Empty,
            "--", to.Location, $"{(force ? "+" : "")}{commit.Value}:refs/heads/{branch}",
        ]);

    public static ProcessInvocation Resolve(GitPlace place, string expression) =>
        Run(place, "rev-parse", "--verify", "--quiet", "--end-of-options", expression);

    public static ProcessInvocation References(GitPlace place, string prefix) =>
        Run(place, "for-each-ref", "--format=%(refname)", "--", prefix);

    public static ProcessInvocation UpdateReference(GitPlace place, string reference, CommitHash commit) =>
        Run(place, "update-ref", "--", reference, commit.Value);

    public static ProcessInvocation IsAncestor(GitPlace place, string ancestor, CommitHash commit) =>
        Run(place, "merge-base", "--is-ancestor", ancestor, commit.Value);

    public static ProcessInvocation ListTree(GitPlace place, string tree) =>
        Run(place, "ls-tree", "-r", "-z", "--full-tree", tree) with { OutputLimit = ListLimit };

    public static ProcessInvocation ListPath(GitPlace place, string tree, string path) =>
        Run(place, "ls-tree", "-z", "--full-tree", tree, "--", path);

    /// <summary>Writes the blob to a new file in the folder and prints its name: the way to get bytes past a text stream.</summary>
    public static ProcessInvocation Unpack(GitPlace place, string blob, string folder) =>
        Run(place, "unpack-file", blob) with { WorkingDirectory = folder };

    public static ProcessInvocation ShowBlob(GitPlace place, string blob) => Run(place, "cat-file", "blob", blob);

    /// <summary>Everything but what is named, letter by letter: no name is read as a pattern.</summary>
    public static ProcessInvocation Archive(GitPlace place, CommitHash commit, ImmutableArray<string> without, string file) => Run(
        place, ["archive", "--format=tar", $"--output={file}", commit.Value, "--", ".", .. without.Select(path => $":(exclude,top,literal){path}")]);

    public static ProcessInvocation ReadTree(GitPlace place, string tree) => Run(place, "read-tree", tree);

    public static ProcessInvocation CheckoutAll(GitPlace place) => Run(place, "checkout-index", "--all", "--force", "--quiet");

    public static ProcessInvocation CheckoutSome(GitPlace place, IEnumerable<string> paths) =>
        Run(place, "checkout-index", "--force", "--quiet", "-z", "--stdin") with { StandardInput = Lines(paths) };

    public static ProcessInvocation LeaveAlone(GitPlace place, IEnumerable<string> paths) =>
        Run(place, "update-index", "--skip-worktree", "-z", "--stdin") with { StandardInput = Lines(paths) };

    public static ProcessInvocation StageTracked(GitPlace place) => Run(place, "add", "--update", "--", ".");

    public static ProcessInvocation ListUntracked(GitPlace place) =>
        Run(place, "ls-files", "--others", "-z") with { OutputLimit = ListLimit };

    /// <summary>Paths are given as <c>./path</c>, so that none is read as pathspec magic, and come back so.</summary>
    public static ProcessInvocation AmongIgnored(GitPlace place, IEnumerable<string> paths) =>
        Run(place, "check-ignore", "--no-index", "-z", "--stdin") with
        {
            StandardInput = Lines(paths.Select(path => "./" + path)),
            OutputLimit = ListLimit,
        };

    public static ProcessInvocation StageNew(GitPlace place, IEnumerable<string> paths) =>
        Run(place, "update-index", "--add", "-z", "--stdin") with { StandardInput = Lines(paths) };

    public static ProcessInvocation WriteTree(GitPlace place) => Run(place, "write-tree");

    public static ProcessInvocation CommitTree(GitPlace place, TreeHash tree, CommitHash? parent, string message, DateTimeOffset time)
    {
        var command = Run(
            place, ["commit-tree", "--no-gpg-sign", .. parent is { } known ? (string[])["-p", known.Value] : [], "-F", "-", tree.Value]);
        return command with
        {
            StandardInput = Encoding.UTF8.GetBytes(message),
            Environment = command.Environment.SetItems(GitIdentity.Environment(time)),
        };
    }

    /// <summary>A commit of two parents that is signed with an SSH key.</summary>
    public static ProcessInvocation CommitMerge(GitPlace place, TreeHash tree, MergeOrder order, string message, SigningKeyFile key)
    {
        var command = Run(
            place, "-c", "gpg.format=ssh", "-c", $"user.signingkey={key.Path}",
            "commit-tree", "--gpg-sign", "-p", order.Tip.Value, "-p", order.Head.Value, "-F", "-", tree.Value);
        return command with
        {
            StandardInput = Encoding.UTF8.GetBytes(message),
            Environment = command.Environment.SetItems(GitIdentity.Environment(order.Time)),
        };
    }

    /// <summary>Moves one branch from exactly one commit to another; the remote compares. Local sources are told as in <see cref="Push"/>.</summary>
    public static ProcessInvocation PushFrom(GitPlace place, RepositoryAddress to, CommitHash from, CommitHash commit, string branch, bool leavesHistory) => Transfer(
        place,
        [
            "push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", $"--force-with-lease=refs/heads/{branch}:{from.Value}",
            .. to.Local
                ? [$"--receive-pack=git -c receive.denyCurrentBranch=refuse{(leavesHistory ? " -c receive.denyNonFastForwards=false" : "")} receive-pack"]
                : ImmutableArray<string>.Empty,
            "--", to.Location, $"{commit.Value}:refs/heads/{branch}",
        ]);

    public static ProcessInvocation History(GitPlace place, CommitHash until, CommitHash after, bool firstParents) => Run(
        place, ["log", "-z", "--topo-order", .. firstParents ? ["--first-parent"] : ImmutableArray<string>.Empty, Row, until.Value, $"^{after.Value}", "--"])
        with { OutputLimit = ListLimit };

    public static ProcessInvocation Describe(GitPlace place, CommitHash commit) => Run(place, "log", "-z", "-1", Row, commit.Value, "--");

    /// <summary>Where the hooks of a repository of this machine lie, as its own configuration says; Moss's own has none.</summary>
    public static ProcessInvocation HooksFolder(GitPlace place)
    {
        var command = Run(place, "-c", "safe.directory=*", "rev-parse", "--git-path", "hooks");
        return command with { Environment = command.Environment.SetItem("GIT_CONFIG_GLOBAL", "/dev/null") };
    }

    /// <summary>The tree of both, or the files in which they cannot be put together; needs no work tree.</summary>
    public static ProcessInvocation MergeTree(GitPlace place, CommitHash onto, CommitHash commit) =>
        Run(place, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", onto.Value, commit.Value);

    public static ProcessInvocation Message(GitPlace place, CommitHash commit) => Run(place, "log", "-1", "--format=%B", commit.Value, "--");

    /// <summary>With full ids of blobs: how many digits git would shorten them to depends on what else the repository holds.</summary>
    public static ProcessInvocation Patch(GitPlace place, string from, string to) =>
        Run(place, "diff-tree", "-r", "-p", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--submodule=short", from, to) with
        {
            OutputLimit = PatchLimit,
        };

    public static ProcessInvocation Counts(GitPlace place, string from, string to) =>
        Run(place, "diff-tree", "-r", "-z", "--numstat", "--no-renames", "--no-ext-diff", "--no-textconv", from, to) with { OutputLimit = ListLimit };

    public static ProcessInvocation IsBare(GitPlace place) => Run(place, "rev-parse", "--is-bare-repository");

    public static ProcessInvocation ListFilters(GitPlace place) => Run(place, "config", "--name-only", "-z", "--get-regexp", @"^filter\.");

    /// <summary>The source's own configuration counts here: the programs that it names are replaced by nothing.</summary>
    public static ProcessInvocation Status(GitPlace place, IEnumerable<string> programs)
    {
        var command = Run(place, "status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=all", "--no-renames");
        return command with
        {
            OutputLimit = ListLimit,
            Environment = command.Environment.SetItems(Overridden([.. programs, "core.fsmonitor"])),
        };
    }

    private static ProcessInvocation Transfer(GitPlace place, params ImmutableArray<string> arguments) =>
        Run(place, arguments) with { Timeout = place.Settings.TransferTimeout };

    private static ProcessInvocation Run(GitPlace place, params ImmutableArray<string> arguments) => new("git", arguments)
    {
        WorkingDirectory = place.WorkingDirectory,
        Environment = place.Environment(),
    };

    private static IEnumerable<KeyValuePair<string, string>> Overridden(ImmutableArray<string> keys) =>
    [
        new("GIT_CONFIG_COUNT", keys.Length.ToString(CultureInfo.InvariantCulture)),
        .. keys.Select((key, at) => KeyValuePair.Create($"GIT_CONFIG_KEY_{at}", key)),
        .. keys.Select((_, at) => KeyValuePair.Create($"GIT_CONFIG_VALUE_{at}", "")),
    ];

    private static byte[] Lines(IEnumerable<string> paths) => Encoding.UTF8.GetBytes(string.Concat(paths.Select(path => path + '\0')));
}
