using System.Collections.Immutable;
using System.Text;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>Lays files over a source tree without touching it.</summary>
internal static class Overlay
{
    /// <summary>What is wrong with a path that shall be laid over; null when it is a file inside the tree.</summary>
    public static string? Problem(string tree, string path)
    {
        if (path.Length is 0 or > 1000 || path.Any(char.IsControl) || path.Contains('\\', StringComparison.Ordinal) || Path.IsPathRooted(path))
        {
            return $"'{Json.JsonText.Cut(path, 100)}' is not a path below the work tree; write it relative, with forward slashes";
        }

        var walked = tree;
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or "..")
            {
                return $"'{path}' must not contain empty parts, '.' or '..'";
            }

            walked = Path.Combine(walked, part);
            if (new FileInfo(walked).LinkTarget is not null)
            {
                return $"'{path}' leads through a symbolic link";
            }
        }

        return File.Exists(walked) ? null
            : Directory.Exists(walked) ? $"'{path}' is a folder"
            : $"'{path}' is not in the work tree; only a file that is there can be laid over, write a new one into the tree";
    }

    /// <summary>The mounts that show the source with the overlay, file by file.</summary>
    public static ImmutableArray<SandboxMount> Mounts(string source, ImmutableSortedDictionary<string, string> overlay, Scratch scratch) =>
    [
        new SandboxMount.ReadOnly(source, TrialPaths.Source),
        .. overlay.Select((file, index) => new SandboxMount.ReadOnly(
            scratch.File($"overlay-{index}", Encoding.UTF8.GetBytes(file.Value)), $"{TrialPaths.Source}/{file.Key}")),
    ];

    /// <summary>The mounts that hide folders of the source: a link to a folder inside is followed, so that it hides nothing less.</summary>
    public static IEnumerable<SandboxMount> Hide(string source, ImmutableArray<string> hidden)
    {
        foreach (var path in hidden)
        {
            var folder = new DirectoryInfo(Path.Combine(source, path));
            if (folder.Exists && (folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder) is { FullName: var real }
                && Path.GetRelativePath(source, real) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) && relative != ".")
            {
                yield return new SandboxMount.Empty($"{TrialPaths.Source}/{relative}");
            }
        }
    }
}
