using System.Collections.Immutable;
using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>Folders that Moss made and that a stranger's program may have written to.</summary>
internal sealed class OwnedFolders(WorkspaceSettings settings, IProcessRunner runner)
{
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };

    /// <summary>Removes it with all that is in it, whatever its permissions and names; links are removed, not followed.</summary>
    public async Task DeleteAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stuck) when (stuck is UnauthorizedAccessException or IOException)
        {
            // .NET cannot name a file whose name is not UTF-8, nor empty a folder without permissions; these can.
            await OpenUpAsync(folder, cancellationToken);
            await RunAsync("rm", ["-rf", "--", folder], cancellationToken);
        }

        if (Directory.Exists(folder))
        {
            throw new RepositoryException($"{folder} could not be removed: check who owns its files, and remove it by hand.");
        }
    }

    /// <summary>Lets the owner into every folder and at every file, whatever a program locked; links are left alone.</summary>
    public Task OpenUpAsync(string folder, CancellationToken cancellationToken) =>
        RunAsync("chmod", ["-R", "u+rwX", "--", folder], cancellationToken);

    /// <summary>
    /// Removes every <c>.git</c> below the folder: a repository that a program made inside its work tree would hide files
    /// from Moss and bring its own configuration.
    /// </summary>
    public async Task RemoveRepositoriesAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var inner in Folders(folder))
        {
            var git = Path.Combine(inner, ".git");
            if (new DirectoryInfo(git) is { Exists: true, LinkTarget: null })
            {
                await DeleteAsync(git, cancellationToken);
            }
            else
            {
                File.Delete(git);
            }
        }
    }

    /// <summary>The folder and all below it; links are not followed.</summary>
    private static IEnumerable<string> Folders(string folder)
    {
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            yield return next;

            // A folder whose name is not UTF-8 does not exist under the name that .NET gives it; git lists what is in it.
            foreach (var inner in new DirectoryInfo(next).EnumerateDirectories("*", Plain).Where(inner => inner is { LinkTarget: null, Exists: true }))
            {
                open.Push(inner.FullName);
            }
        }
    }

    private Task<ProcessResult> RunAsync(string program, ImmutableArray<string> arguments, CancellationToken cancellationToken) => runner.RunAsync(
        new ProcessInvocation(program, arguments)
        {
            WorkingDirectory = settings.DataFolder,
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", settings.SearchPath),
        },
        cancellationToken);
}
