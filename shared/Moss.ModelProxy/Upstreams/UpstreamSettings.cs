using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Moss.ModelProxy.Protocols;

namespace Moss.ModelProxy.Upstreams;

/// <summary>Reads <c>Moss:Models:&lt;name&gt;</c>. Every problem names its setting and the fix.</summary>
internal sealed class UpstreamSettings(IConfigurationSection section, List<string> problems)
{
    public const string Section = "Moss:Models";

    private static readonly string[] Known =
        ["Address", "Protocol", "KeyVariable", "KeyFile", "Paths", "Silence", "AssumedOutput", "LargestRequest", "LongestAnswer", "ServerTools"];

    /// <summary>All of them.</summary>
    /// <exception cref="InvalidOperationException">Something is missing or wrong; everything is told at once.</exception>
    public static ImmutableSortedDictionary<string, ModelUpstream> ReadAll(IConfiguration configuration)
    {
        var problems = new List<string>();
        var upstreams = configuration.GetSection(Section).GetChildren().Select(child => new UpstreamSettings(child, problems).Read()).ToList();
        return problems.Count == 0
            ? upstreams.ToImmutableSortedDictionary(upstream => upstream.Name, upstream => upstream, StringComparer.Ordinal)
            : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private ModelUpstream Read()
    {
        foreach (var unknown in section.GetChildren().Where(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Problem(unknown.Key, $"is no setting; there are {string.Join(", ", Known)}");
        }

        var protocol = Protocol.All.FirstOrDefault(known => known.Word == section["Protocol"]);
        if (protocol is null)
        {
            Problem("Protocol", $"is '{section["Protocol"]}': set it to one of {string.Join(", ", Protocol.All.Select(known => known.Word))}");
        }

        return new(section.Key.ToLowerInvariant(), Address(), protocol ?? Protocol.All[0], Key())
        {
            Routes = Routes(protocol ?? Protocol.All[0]),
            Silence = Read("Silence", TimeSpan.FromMinutes(10), Duration, "a time from 00:00:00.1 to 01:00:00"),
            AssumedOutput = Read("AssumedOutput", 8192L, text => Whole(text, 1, 10_000_000), "a number of tokens from 1 to 10000000"),
            LargestRequest = Read("LargestRequest", 32L * 1024 * 1024, text => Whole(text, 1024, 1L << 30), "a number of bytes from 1024 to 1073741824"),
            LongestAnswer = Read("LongestAnswer", 64L * 1024 * 1024, text => Whole(text, 1024, 1L << 32), "a number of bytes from 1024 to 4294967296"),
            ServerTools = Read("ServerTools", false, text => bool.TryParse(text, out var flag) ? flag : null, "true or false"),
        };
    }

    private string Address()
    {
        var text = section["Address"] ?? "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" })
        {
            return address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        }

        Problem("Address", "is no address: set it to the base URL that the vendor gives to clients, such as https://api.openai.com/v1, without a key in it");
        return "";
    }

    private UpstreamKey Key()
    {
        var (variable, file) = (section["KeyVariable"], section["KeyFile"]);
        if (!string.IsNullOrEmpty(variable) && !string.IsNullOrEmpty(file))
        {
            Problem("KeyFile", "is set and KeyVariable is too: remove one of them");
        }

        if (!string.IsNullOrEmpty(file) && !Path.IsPathFullyQualified(file))
        {
            Problem("KeyFile", $"is '{file}', which is no absolute path: begin it with /");
        }

        return string.IsNullOrEmpty(variable) ? string.IsNullOrEmpty(file) ? new UpstreamKey.None() : new UpstreamKey.InFile(file) : new UpstreamKey.Variable(variable);
    }

    private ImmutableArray<ModelRoute> Routes(Protocol protocol)
    {
        var paths = section.GetSection("Paths").GetChildren().ToList();
        foreach (var wrong in paths.Where(path => ModelRoute.Parse(path.Value ?? "") is null))
        {
            Problem($"Paths:{wrong.Key}", $"is '{wrong.Value}': write a method and a path behind the base URL, such as POST /chat/completions");
        }

        return paths.Count == 0 ? protocol.Routes : [.. paths.Select(path => ModelRoute.Parse(path.Value ?? "")).OfType<ModelRoute>()];
    }

    private T Read<T>(string name, T usual, Func<string, T?> parse, string wanted)
        where T : struct
    {
        if (section[name] is not { Length: > 0 } text)
        {
            return usual;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        Problem(name, $"is '{text}': set it to {wanted}");
        return usual;
    }

    private static TimeSpan? Duration(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromMilliseconds(100) && time <= TimeSpan.FromHours(1) ? time : null;

    private static long? Whole(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private void Problem(string name, string problem) => problems.Add($"{Section}:{section.Key}:{name} {problem}");
}
