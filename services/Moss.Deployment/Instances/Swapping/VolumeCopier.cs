using System.Text;
using System.Text.Json.Nodes;
using Moss.Containers.Engine;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>What is copied by what.</summary>
/// <param name="Image">Has a shell, <c>cp</c> and <c>rm</c>.</param>
/// <param name="From">A volume; it is only read.</param>
/// <param name="To">A volume; what was in it goes.</param>
/// <param name="Name">Of the container that copies.</param>
internal sealed record VolumeCopy(string Image, string From, string To, string Name)
{
    /// <summary>Of the container that copies.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True for one that nobody depends on, made while others serve: the disk has to have room for it twice, and is not made to write
    /// everything down.
    /// </summary>
    public bool Passing { get; init; }
}

/// <summary>
/// Copies volumes. An image that is there and was trusted with the data before does it, with no network and its own shell.
/// </summary>
internal sealed class VolumeCopier(ISwapEngine engine)
{
    private const int ShownOutput = 500;

    // A shell without du or df does not know what there is room for, and copies.
    private const string Room =
        "set -- $(du -sk /from 2>/dev/null); need=$1; set -- $(df -Pk /to 2>/dev/null | tail -n 1); " +
        "if [ -n \"$need\" ] && [ -n \"$4\" ] && [ \"$4\" -lt $((need * 2)) ]; then echo \"it has $need KiB and the disk has $4 left: make room for twice as much\"; exit 1; fi; ";

    private const string Copy = "rm -rf /to/..?* /to/.[!.]* /to/*; cp -a /from/. /to/";

    // File by file where they are few: to write down everything that the machine has not yet written may take minutes, while nothing serves.
    private const string WriteDown =
        "; if [ \"$(find /to | head -n 1001 | wc -l)\" -le 1000 ] && find /to \\( -type f -o -type d \\) -exec sync {} +; then :; " +
        "elif command -v sync >/dev/null; then sync; fi";

    /// <summary>Null when it is copied, else why not. Done again, it is done anew.</summary>
    /// <exception cref="EngineException">The engine does not make the container.</exception>
    public async Task<string?> CopyAsync(VolumeCopy copy, CancellationToken cancellationToken)
    {
        // Of an attempt that was killed.
        await engine.RemoveWithVolumesAsync(copy.Name);
        await engine.MakeAsync(copy.Name, Body(copy));
        await engine.StartAsync(copy.Name);
        await engine.EndOfAsync(copy.Name, cancellationToken);
        var end = (await engine.FindAsync(copy.Name, CancellationToken.None))?.End;
        var said = new MemoryStream();
        await engine.CopyLogsAsync(copy.Name, said, CancellationToken.None);
        await engine.RemoveWithVolumesAsync(copy.Name);
        var text = Encoding.UTF8.GetString(said.ToArray()).Trim();
        return end == "ended with exit code 0" ? null : $"the copy {end}: {(text.Length > ShownOutput ? text[..ShownOutput] : text)}";
    }

    private static JsonObject Body(VolumeCopy copy) => new()
    {
        ["Image"] = copy.Image,
        ["User"] = "0:0",
        ["Entrypoint"] = new JsonArray("/bin/sh", "-c", "set -e; " + (copy.Passing ? Room + Copy : Copy + WriteDown)),
        ["Cmd"] = new JsonArray(),
        ["Labels"] = new JsonObject(copy.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("NONE") },
        ["HostConfig"] = new JsonObject
        {
            ["NetworkMode"] = "none",
            ["Binds"] = new JsonArray($"{copy.From}:/from:ro,nocopy", $"{copy.To}:/to:nocopy"),
            ["RestartPolicy"] = new JsonObject { ["Name"] = "no" },
            // The engine's own may be one that nobody can read.
            ["LogConfig"] = new JsonObject { ["Type"] = "json-file" },
        },
    };
}
