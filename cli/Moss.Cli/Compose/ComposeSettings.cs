using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Compose;

/// <summary>
/// What docker-compose.yml is told about this machine. Kept in a file of the data folder, <c>compose.env</c>, which
/// <c>docker-compose --env-file</c> reads as well: the passwords of the servers are chosen once, and other commands find the folder of
/// the substrates in it.
/// </summary>
internal sealed class ComposeSettings
{
    public const string Project = "COMPOSE_PROJECT_NAME";
    public const string Port = "MOSS_PORT";
    public const string Substrates = "MOSS_SUBSTRATES";
    public const string PythonImage = "MOSS_PYTHON_IMAGE";

    private const string FileName = "compose.env";
    private const string Scheme = "unix://";
    private static readonly string[] Secrets = ["MOSS_POSTGRES_PASSWORD", "MOSS_RABBITMQ_PASSWORD"];

    private readonly string file;
    private ImmutableSortedDictionary<string, string> values;

    private ComposeSettings(string file, ImmutableSortedDictionary<string, string> values) => (this.file, this.values) = (file, values);

    /// <summary>All of them, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment => values;

    /// <summary>One of them.</summary>
    public string this[string name] => values[name];

    /// <summary>What the file of this data folder says; empty when there is none.</summary>
    public static ComposeSettings Read(string data)
    {
        var file = Path.Combine(data, FileName);
        var rows = File.Exists(file) ? File.ReadAllLines(file) : [];
        return new(file, rows.Select(row => row.Split('=', 2)).Where(pair => pair.Length == 2).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }

    /// <summary>A setting of the environment, else of the file; null when neither has it.</summary>
    public string? Find(string name) =>
        System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? given : values.GetValueOrDefault(name);

    /// <summary>Completes them for this machine and keeps them.</summary>
    /// <exception cref="LocalFailureException">The daemon cannot be mounted into containers.</exception>
    public async Task PrepareAsync(string data, CancellationToken cancellationToken)
    {
        var socket = await SocketAsync(cancellationToken);
        Use(Project, Find(Project) ?? "moss");
        Use(Port, PortNumber(Find(Port) ?? "8080"));
        Use(Substrates, Path.GetFullPath(Find(Substrates) ?? Path.Combine(data, "substrates")));
        Use("MOSS_DOCKER_SOCKET", socket);
        Use("MOSS_DOCKER_GROUP", (await LocalProgram.RunAsync("stat", ["-L", "-c", "%g", socket], cancellationToken)).Output.Trim());
        foreach (var secret in Secrets)
        {
            Use(secret, Find(secret) ?? RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        Directory.CreateDirectory(values[Substrates]);
        Save();
    }

    /// <summary>Adds what the environment does not say otherwise, and keeps it.</summary>
    public void Add(IEnumerable<KeyValuePair<string, string>> more)
    {
        foreach (var (name, value) in more)
        {
            Use(name, System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? given : value);
        }

        Save();
    }

    /// <summary>Removes the file: what it described is no more.</summary>
    public void Forget() => File.Delete(file);

    private static string PortNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
        ? text
        : throw new UsageException(Port, $"'{text}' is no port", "write a number from 1 to 65535");

    private static async Task<string> SocketAsync(CancellationToken cancellationToken)
    {
        var address = System.Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given
            ? given
            : (await LocalProgram.RunAsync("docker", ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancellationToken)).Output.Trim();
        return address.StartsWith(Scheme, StringComparison.Ordinal)
            ? address[Scheme.Length..]
            : throw new LocalFailureException(
                "The Docker daemon is elsewhere", $"it is reached at '{address}', and Moss mounts its socket into containers", "use a daemon of this machine: DOCKER_HOST=unix:///var/run/docker.sock");
    }

    private void Use(string name, string value) => values = values.SetItem(name, value);

    /// <summary>For the owner alone: it has passwords in it.</summary>
    private void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(values.Select(entry => $"{entry.Key}={entry.Value}\n"))));
    }
}
