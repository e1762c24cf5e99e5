using System.Collections.Immutable;
using Moss.CodingAgents.Jail;
using Moss.Processes;

namespace Moss.CodingAgents.Cassettes;

/// <summary>
/// Finds what changes in a work tree, by a repository of its own beside it. No attribute and no setting of the work tree or of the
/// machine counts: files are compared as they are.
/// </summary>
/// <param name="programs">Runs git.</param>
/// <param name="repository">A folder that is not there yet.</param>
/// <param name="workTree">Absolute.</param>
internal sealed class TreeTape(IProcessRunner programs, string repository, string workTree)
{
    private const int LongestDiff = 64 * 1024 * 1024;
    private const string AsItIs = "* -text -ident -filter -working-tree-encoding !diff\n";
    private const string AllBinary = "* -text -ident -filter -working-tree-encoding -diff\n";

    private string start = "";

    /// <summary>True once it remembers how the work tree was.</summary>
    public bool HasBegun => start.Length > 0;

    /// <summary>Remembers the work tree as it is.</summary>
    /// <exception cref="TapeException">It cannot.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(repository);
        await GitAsync(["init", "-q"], cancellationToken);
        await AttributesAsync(AsItIs, cancellationToken);
        start = await SnapshotAsync(cancellationToken);
    }

    /// <summary>What changed since, for <c>git apply</c>; empty when nothing did.</summary>
    /// <exception cref="TapeException">It cannot be told.</exception>
    public async Task<string> DiffAsync(CancellationToken cancellationToken)
    {
        if (WorkTreeFiles.Repositories(workTree) is [var inner, ..])
        {
            throw new TapeException($"there is a repository of git in the work tree, {inner}");
        }

        var now = await SnapshotAsync(cancellationToken);
        var diff = await CompareAsync(now, cancellationToken);
        if (!diff.Contains('\uFFFD'))
        {
            return diff;
        }

        // Text in another encoding than UTF-8 would not survive.
        await AttributesAsync(AllBinary, cancellationToken);
        return await CompareAsync(now, cancellationToken);
    }

    private async Task<string> SnapshotAsync(CancellationToken cancellationToken)
    {
        await GitAsync(["add", "--all", "--force", "."], cancellationToken);
        return (await GitAsync(["write-tree"], cancellationToken)).Trim();
    }

    private Task<string> CompareAsync(string now, CancellationToken cancellationToken) => GitAsync(
        ["diff", "--binary", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", start, now], cancellationToken);

    private Task AttributesAsync(string rules, CancellationToken cancellationToken)
    {
        var file = Path.Combine(repository, "info", "attributes");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllTextAsync(file, rules, cancellationToken);
    }

    private async Task<string> GitAsync(ImmutableArray<string> arguments, CancellationToken cancellationToken)
    {
        var result = await programs.RunAsync(
            new("git", arguments)
            {
                WorkingDirectory = workTree,
                OutputLimit = LongestDiff,
                Environment = ImmutableSortedDictionary<string, string>.Empty
                    .Add("PATH", JailFolders.SystemPath).Add("HOME", repository).Add("LC_ALL", "C")
                    .Add("GIT_DIR", repository).Add("GIT_WORK_TREE", workTree)
                    .Add("GIT_CONFIG_NOSYSTEM", "1").Add("GIT_CONFIG_GLOBAL", "/dev/null").Add("GIT_ATTR_NOSYSTEM", "1"),
            },
            cancellationToken);
        return result is ProcessResult.Exited { Code: 0, Truncated: false }
            ? result.Output
            : throw new TapeException($"git {arguments[0]} failed: {(result.Truncated ? "the change is too large" : result.Error.Trim())}");
    }
}

/// <summary>What changed cannot be told; the message says why.</summary>
internal sealed class TapeException(string message) : Exception(message);
