using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Cli.Hosting;

namespace Moss.Cli.Demo;

/// <summary>The sample as a repository of its own, where Moss can reach it, on a port that is free.</summary>
internal sealed record DemoSubstrate(string Name, string Repository, int Port)
{
    public const string Sample = "desk-agent";

    private const string EvidenceFile = "evidence.json";
    private const string BaseImage = "python:3.11-slim";

    private const string BootScript = """
        # Written by `moss demo --sabotage boot`: any version but the first one fails to start.
        first="$MOSS_STATE/first-version"
        version=$(cat desk_agent/*.py | cksum)
        [ -e "$first" ] || printf '%s' "$version" > "$first"
        [ "$version" = "$(cat "$first")" ] || { echo 'sabotaged: this version does not start' >&2; exit 1; }
        exec python3 -m desk_agent.serve
        """;

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What was reported of the sample in production.</summary>
    public string Evidence => Path.Combine(Repository, EvidenceFile);

    /// <summary>Where its repository lies.</summary>
    public static string FolderOf(DemoOptions options, string name) => Path.Combine(options.Target?.Repositories ?? options.Data, name);

    public static async Task<DemoSubstrate> CreateAsync(DemoOptions options, string name, CancellationToken cancellationToken)
    {
        var folder = FolderOf(options, name);
        Copy(MossHome.Samples(Sample), folder);
        var port = FreePort();
        var declaration = Path.Combine(folder, "moss.yaml");
        var text = (await File.ReadAllTextAsync(declaration, cancellationToken))
            .Replace($"name: {Sample}", $"name: {name}", StringComparison.Ordinal)
            .Replace("default: search", $"default: {options.Agent}", StringComparison.Ordinal)
            .Replace("port: 18931", string.Create(CultureInfo.InvariantCulture, $"port: {port}"), StringComparison.Ordinal)
            .Replace(BaseImage, options.Target?.BaseImage ?? BaseImage, StringComparison.Ordinal);
        if (options.Sabotage == "boot")
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "boot.sh"), BootScript + "\n", cancellationToken);
            text = text.Replace("command: [python3, -m, desk_agent.serve]", "command: [sh, boot.sh]", StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(declaration, text, cancellationToken);
        var evidence = Path.Combine(folder, EvidenceFile);
        await File.WriteAllTextAsync(
            evidence,
            (await File.ReadAllTextAsync(evidence, cancellationToken)).Replace($"\"substrate\": \"{Sample}\"", $"\"substrate\": \"{name}\"", StringComparison.Ordinal),
            cancellationToken);
        await Git.InitAsync(folder, "The desk agent as it runs today", shared: options.Target is not null, cancellationToken);
        return new(name, folder, port);
    }

    private static void Copy(string source, string target)
    {
        // Moss may run as another user of this machine.
        Directory.CreateDirectory(target, Readable);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !file.Contains("__pycache__", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
