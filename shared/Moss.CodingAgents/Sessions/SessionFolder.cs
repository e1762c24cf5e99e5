using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moss.CodingAgents.Jail;

namespace Moss.CodingAgents.Sessions;

/// <summary>
/// The folder of one call on the host: what the agent is told goes in, what it says comes out, and it is gone when disposed.
/// Its name is short because the path of a unix socket is limited to about a hundred bytes.
/// </summary>
internal sealed class SessionFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int LongestSocketPath = 100;
    private const long LongestReport = 1024 * 1024;

    private static readonly string[] Parts = ["task/scenarios", "out", "home", "tmp", "bin"];

    private readonly string? socketFolder;

    private SessionFolder(string parent, string path)
    {
        Path = path;
        var socket = System.IO.Path.Combine(path, "try.sock");
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
        {
            socketFolder = Directory.CreateTempSubdirectory(SocketPrefix(parent)).FullName;
            socket = System.IO.Path.Combine(socketFolder, "try.sock");
        }

        SocketPath = socket;
    }

    public string Path { get; }

    public string SocketPath { get; }

    /// <summary>HOME of the agent.</summary>
    public string HomePath => System.IO.Path.Combine(Path, "home");

    /// <summary>Beside the other one, where paths are short.</summary>
    public string ModelSocketPath => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(SocketPath)!, "model.sock");

    /// <summary>Throws away what a killed run left under the same key.</summary>
    public static SessionFolder Create(string parent, string key)
    {
        var name = ShortHash(key);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), name);
        TreeRemoval.Remove(path);
        foreach (var part in Parts)
        {
            Directory.CreateDirectory(System.IO.Path.Combine(path, part));
        }

        File.SetUnixFileMode(path, Private);

        File.WriteAllText(System.IO.Path.Combine(path, "empty"), "");
        return new(parent, path);
    }

    /// <summary>Throws away what killed runs left below this parent, and their sockets beside it.</summary>
    public static int Sweep(string parent)
    {
        var left = Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];
        foreach (var folder in left.Concat(Directory.GetDirectories(System.IO.Path.GetTempPath(), SocketPrefix(parent) + "*")))
        {
            TreeRemoval.Remove(folder);
        }

        return left.Length;
    }

    public void WriteTask(AssignmentFile facts, string schema, ImmutableSortedDictionary<string, byte[]> scenarios)
    {
        File.WriteAllText(Task("assignment.json"), JsonSerializer.Serialize(facts, AgentJson.Options));
        File.WriteAllText(Task("report.schema.json"), schema);
        foreach (var (name, content) in scenarios)
        {
            File.WriteAllBytes(Task(System.IO.Path.Combine("scenarios", System.IO.Path.GetFileName(name))), content);
        }
    }

    /// <summary>The settings of the agent's own program.</summary>
    public void WriteHome(ImmutableSortedDictionary<string, string> files) =>
        WriteHome(files.ToImmutableSortedDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value), StringComparer.Ordinal));

    /// <summary>What it wrote down in an earlier HOME; null for nothing.</summary>
    public void WriteHome(ImmutableSortedDictionary<string, byte[]>? files)
    {
        foreach (var (name, content) in files ?? ImmutableSortedDictionary<string, byte[]>.Empty)
        {
            var path = System.IO.Path.Combine(HomePath, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>
    /// A copy of the login of a person, for this call alone: what the program renews in it goes with the call. Why it cannot be lent, or null.
    /// </summary>
    public string? LendLogin(string place, string file)
    {
        try
        {
            WriteHome(ImmutableSortedDictionary<string, byte[]>.Empty.Add(place, File.ReadAllBytes(file)));
            File.SetUnixFileMode(System.IO.Path.Combine(HomePath, place), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return null;
        }
        catch (Exception shut) when (shut is UnauthorizedAccessException or IOException)
        {
            return $"its login cannot be read ({shut.Message}): log its program in as the user of Moss, or take the setting away";
        }
    }

    /// <summary>Begins a round: what the last one put out is not taken for this one's.</summary>
    public void WritePrompt(string prompt)
    {
        File.WriteAllText(Task("prompt.md"), prompt);
        TreeRemoval.Remove(OutPath);
        Directory.CreateDirectory(OutPath);
    }

    /// <summary>What the agent is to play in the next round.</summary>
    public void WriteCassette(string cassette) => File.WriteAllText(Task("cassette.json"), cassette);

    public void WriteTryCommand()
    {
        var path = System.IO.Path.Combine(Path, "bin", "moss-try");
        File.WriteAllText(path, $"""
            #!/bin/sh
            exec {JailFolders.Dotnet}/dotnet {JailFolders.AgentTools} try --socket {Assignment.TrySocket} "$@"

            """);
        File.SetUnixFileMode(path, Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    /// <summary>
    /// What the agent wrote as its report. It owned the folder, so the file may be a link to a file of the host, a pipe, or
    /// enormous: only a plain file of reasonable size is read.
    /// </summary>
    public string? ReadReport()
    {
        var file = new FileInfo(System.IO.Path.Combine(OutPath, "report.json"));
        try
        {
            return file is { Exists: true, LinkTarget: null, Length: > 0 and <= LongestReport } ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception shut) when (shut is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        TreeRemoval.Remove(Path);
        if (socketFolder is not null)
        {
            TreeRemoval.Remove(socketFolder);
        }
    }

    /// <summary>Tells the sockets of one Moss from those of another that uses the machine's temporary folder too.</summary>
    private static string SocketPrefix(string parent) => $"moss-{ShortHash(System.IO.Path.GetFullPath(parent))}-";

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private string OutPath => System.IO.Path.Combine(Path, "out");

    private string Task(string name) => System.IO.Path.Combine(Path, "task", name);
}
