using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moss.Cli.Hosting;

namespace Moss.Cli.Demo;

/// <summary>The sample as a repository of its own, below the data folder, on a port that is free.</summary>
internal sealed record DemoSubstrate(string Repository, int Port)
{
    public const string Name = "desk-agent";

    private const string BootScript = """
        # Written by `moss demo --sabotage boot`: any version but the first one fails to start.
        first="$MOSS_STATE/first-version"
        version=$(cat desk_agent/*.py | cksum)
        [ -e "$first" ] || printf '%s' "$version" > "$first"
        [ "$version" = "$(cat "$first")" ] || { echo 'sabotaged: this version does not start' >&2; exit 1; }
        exec python3 -m desk_agent.serve
        """;

    /// <summary>What was reported of the sample in production.</summary>
    public string Evidence => Path.Combine(Repository, "evidence.json");

    public static async Task<DemoSubstrate> CreateAsync(string folder, string? sabotage, CancellationToken cancellationToken)
    {
        Copy(MossHome.Samples(Name), folder);
        var port = FreePort();
        var declaration = Path.Combine(folder, "moss.yaml");
        var text = (await File.ReadAllTextAsync(declaration, cancellationToken))
            .Replace("port: 18931", string.Create(CultureInfo.InvariantCulture, $"port: {port}"), StringComparison.Ordinal);
        if (sabotage == "boot")
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "boot.sh"), BootScript + "\n", cancellationToken);
            text = text.Replace("command: [python3, -m, desk_agent.serve]", "command: [sh, boot.sh]", StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(declaration, text, cancellationToken);
        await Git.InitAsync(folder, "The desk agent as it runs today", cancellationToken);
        return new(folder, port);
    }

    private static void Copy(string source, string target)
    {
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
