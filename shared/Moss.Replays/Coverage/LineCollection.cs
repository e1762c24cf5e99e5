using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Replays.Json;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;

namespace Moss.Replays.Coverage;

/// <summary>The lines of one trial: prepared before it, read after it. A file per process, <c>{"path": [1, 2, 3]}</c>.</summary>
internal sealed class LineCollection
{
    private const string Inside = "/moss/lines";
    private const int MaximumFileBytes = 8 * 1024 * 1024;
    private const int MaximumProcesses = 64;

    private readonly string folder;
    private readonly string source;
    private readonly CoveragePlan plan;

    private LineCollection(string folder, string source, CoveragePlan plan) => (this.folder, this.source, this.plan) = (folder, source, plan);

    public ImmutableArray<SandboxMount> Mounts => [.. plan.Mounts, new SandboxMount.Writable(folder, Inside)];

    public static LineCollection Prepare(ILineCoverage language, Scratch scratch, ReplayRequest request, string tree)
    {
        var wallClock = request.Timeout is { } shorter && shorter < request.Trial.Timeout ? shorter : request.Trial.Timeout;
        return new(scratch.Folder("lines"), tree, language.Plan(scratch.Folder("coverage"), Inside, TrialPaths.Source, wallClock));
    }

    public void AddTo(ImmutableSortedDictionary<string, string>.Builder environment) => plan.Environment(environment);

    /// <summary>What all processes of the trial ran, files of the source alone.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Read()
    {
        var lines = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Take(MaximumProcesses))
        {
            if (HostileFile.Read(file, MaximumFileBytes) is { IsCut: false } content && JsonText.TryParse(content.Bytes.Span, out var json, out _))
            {
                Merge(json, lines);
            }
        }

        return lines.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value.ToImmutableArray(), StringComparer.Ordinal);
    }

    private void Merge(JsonNode? json, Dictionary<string, SortedSet<int>> lines)
    {
        foreach (var (path, numbers) in json as JsonObject ?? [])
        {
            if (numbers is not JsonArray list || Overlay.Problem(source, path) is not null)
            {
                continue;
            }

            if (!lines.TryGetValue(path, out var known))
            {
                lines.Add(path, known = []);
            }

            known.UnionWith(list.OfType<JsonValue>().Where(line => line.GetValueKind() == JsonValueKind.Number).Select(line => line.TryGetValue<int>(out var number) ? number : 0).Where(line => line > 0));
        }
    }
}
