using System.Collections.Immutable;
using System.Globalization;
using Moss.Processes;

namespace Moss.Sandboxes.Ceilings;

/// <summary>The folders of one run in the cgroup file system: one in version 2, one for each controller in version 1.</summary>
internal sealed class ControlGroup(ImmutableArray<string> folders, TimeProvider time) : ICeiling
{
    private const string Members = "cgroup.procs";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public ImmutableArray<string> Entries => [.. folders.Select(folder => Path.Combine(folder, Members))];

    /// <summary>Makes the folders and sets them up; leaves none of them behind when that fails.</summary>
    /// <param name="parents">Where to make one each.</param>
    /// <param name="configure">Gets the new folders, in the same order.</param>
    /// <param name="time">For the wait at the end.</param>
    public static ControlGroup Make(ImmutableArray<string> parents, Action<ImmutableArray<string>> configure, TimeProvider time)
    {
        var name = ControlGroupName.Next();
        ImmutableArray<string> folders = [.. parents.Select(parent => Path.Combine(parent, name))];
        try
        {
            foreach (var folder in folders)
            {
                Directory.CreateDirectory(folder);
            }

            configure(folders);
            return new ControlGroup(folders, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _ = folders.Select(TryRemove).ToList();
            throw;
        }
    }

    /// <summary>What cannot be removed in time stays for the sweep of the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        var began = time.GetTimestamp();
        foreach (var folder in folders)
        {
            while (!TryRemove(folder) && time.GetElapsedTime(began) < Patience)
            {
                KillMembers(folder);
                await Task.Delay(Look, time, CancellationToken.None);
            }
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void KillMembers(string folder)
    {
        try
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, Members)))
            {
                ProcessTable.Kill(int.Parse(line, CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // The group is gone, which is what was wanted.
        }
    }
}
