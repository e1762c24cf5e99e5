using System.Collections.Immutable;
using System.Globalization;
using Moss.Processes;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Jail;

/// <summary>
/// What an agent's program can reach, as data: its work tree (writable for Implement alone), its task, its output, a HOME and a
/// TMPDIR of its own, the scenario runner; no other file of the host than the operating system's, no environment but what is
/// listed here, and no network unless its provider needs one and does not reach its model through Moss.
/// </summary>
public static class AgentJail
{
    /// <summary>The sandbox of a call. Pure: paths are not looked at.</summary>
    public static SandboxSpec Map(ProcessInvocation invocation, Assignment assignment, AgentCapabilities capabilities, JailLayout layout) =>
        new([.. layout.Model is null ? [] : JailModel.Bridge, invocation.Program, .. invocation.Arguments])
        {
            Mounts = [.. WorkTree(assignment, layout), .. Masks(layout), .. Session(layout), .. Programs(layout)],
            WorkingDirectory = invocation.WorkingDirectory ?? Assignment.WorkTree,
            Environment = Environment(invocation, layout),
            StandardInput = invocation.StandardInput,
            Network = capabilities is { NeedsNetwork: true, Model: null } ? SandboxNetwork.Host : SandboxNetwork.None,
            Limits = new()
            {
                WallClock = invocation.Timeout,
                Idle = capabilities.NeedsNetwork && layout.Limits.Idle < invocation.Timeout ? layout.Limits.Idle : null,
                // One process cannot use more than every core for the whole time; the wall clock ends the rest.
                Cpu = invocation.Timeout * System.Environment.ProcessorCount,
                MemoryBytes = layout.Limits.MemoryBytes,
                Processes = layout.Limits.Processes,
                OpenFiles = layout.Limits.OpenFiles,
                FileBytes = layout.Limits.FileBytes,
                OutputBytes = Math.Min(layout.Limits.OutputBytes, invocation.OutputLimit),
            },
        };

    private static IEnumerable<SandboxMount> WorkTree(Assignment assignment, JailLayout layout) =>
        assignment.MayEdit
            ? [new SandboxMount.Writable(layout.WorkTree, Assignment.WorkTree)]
            : [new SandboxMount.ReadOnly(layout.WorkTree, Assignment.WorkTree)];

    /// <summary>What is shut comes first: a hidden folder within a shut one must lie on top of it.</summary>
    private static IEnumerable<SandboxMount> Masks(JailLayout layout) =>
    [
        .. layout.Masks.Shut.Select(path => new SandboxMount.ReadOnly(Path.Combine(layout.WorkTree, path), Inside(path))),
        .. layout.Masks.HiddenFiles.Select(path => new SandboxMount.ReadOnly(Path.Combine(layout.Session, "empty"), Inside(path))),
        .. layout.Masks.HiddenFolders.Select(path => new SandboxMount.Empty(Inside(path))),
    ];

    private static IEnumerable<SandboxMount> Session(JailLayout layout)
    {
        yield return new SandboxMount.ReadOnly(Path.Combine(layout.Session, "task"), Assignment.TaskFolder);
        yield return new SandboxMount.ReadOnly(Path.Combine(layout.Session, "bin"), JailFolders.Bin);
        yield return new SandboxMount.Writable(Path.Combine(layout.Session, "out"), Assignment.OutFolder);
        yield return new SandboxMount.Writable(Path.Combine(layout.Session, "home"), JailFolders.Home);
        yield return new SandboxMount.Writable(Path.Combine(layout.Session, "tmp"), JailFolders.Temp);
        if (layout.TrySocket is { } socket)
        {
            yield return new SandboxMount.Writable(socket, Assignment.TrySocket);
        }

        if (layout.Model is { } model)
        {
            yield return new SandboxMount.Writable(model.SocketPath, JailModel.Socket);
        }
    }

    private static IEnumerable<SandboxMount> Programs(JailLayout layout)
    {
        if (layout.Dotnet is { } dotnet)
        {
            yield return new SandboxMount.ReadOnly(dotnet, JailFolders.Dotnet);
        }

        if (layout.Tools is { } tools)
        {
            yield return new SandboxMount.ReadOnly(tools, JailFolders.Tools);
        }

        foreach (var folder in layout.ToolFolders)
        {
            yield return new SandboxMount.ReadOnly(folder, folder);
        }
    }

    private static ImmutableSortedDictionary<string, string> Environment(ProcessInvocation invocation, JailLayout layout) =>
        ImmutableSortedDictionary<string, string>.Empty
            .Add("PATH", layout.SearchPath)
            .Add("LANG", "C.UTF-8")
            .Add("TERM", "dumb")
            .Add("NO_COLOR", "1")
            .Add("DOTNET_ROOT", JailFolders.Dotnet)
            .Add("DOTNET_EnableDiagnostics", "0")
            .Add("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
            .Add("DOTNET_NOLOGO", "1")
            // In hex, as the runtime reads it: a third of what there is, so that a limit on address space leaves it room.
            .Add("DOTNET_GCHeapHardLimit", (layout.Limits.MemoryBytes / 3).ToString("X", CultureInfo.InvariantCulture))
            .SetItems(invocation.Environment)
            .SetItems(layout.Model?.Environment ?? ImmutableSortedDictionary<string, string>.Empty)
            .SetItem("HOME", JailFolders.Home)
            .SetItem("TMPDIR", JailFolders.Temp);

    private static string Inside(string path) => $"{Assignment.WorkTree}/{path}";
}
