using System.Collections.Immutable;
using System.Text.Json;
using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Python;
using Moss.AgentTools.Search.Tokens;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Roles;

/// <summary>What every role has at hand: the assignment, the work tree and the scenario runner.</summary>
internal sealed class Desk(Assignment assignment, string work, IReplays replays, TimeProvider clock)
{
    private const long LargestFile = 512 * 1024;

    public Assignment Assignment { get; } = assignment;

    public IReplays Replays { get; } = replays;

    public TimeProvider Clock { get; } = clock;

    public int AtOnce { get; init; } = 2;

    public bool HasRunner { get; init; } = true;

    public TextWriter Log { get; init; } = TextWriter.Null;

    public IReadOnlyList<ILanguage> Languages { get; } = [new PythonLanguage(), new TokenLanguage()];

    /// <summary>Coverage is asked for when the substrate's language has it.</summary>
    public bool WithCoverage => !string.IsNullOrEmpty(Assignment.Coverage);

    public LocateReport? Diagnosis => Parse<LocateReport>(Assignment.Diagnosis, "diagnosis");

    public PlanReport? Plan => Parse<PlanReport>(Assignment.Plan, "plan");

    public async Task<object> WorkAsync(CancellationToken cancellationToken) => Assignment.Role switch
    {
        "locate" => await LocateRole.RunAsync(this, cancellationToken),
        "plan" => PlanRole.Run(this),
        "review-plan" => ReviewPlanRole.Run(this),
        "implement" => await ImplementRole.RunAsync(this, cancellationToken),
        "review-code" => await ReviewCodeRole.RunAsync(this, cancellationToken),
        "propose-verdict" => await ProposeVerdictRole.RunAsync(this, cancellationToken),
        var other => throw new AssignmentException(
            $"'role' is '{other}'; it must be locate, plan, review-plan, implement, review-code or propose-verdict"),
    };

    /// <summary>The editable files that the search can read, of those that the plan names, else the diagnosis, else all.</summary>
    public SourceTree ReadTree()
    {
        var known = Assignment.EditableFiles.Where(f => Languages.Any(l => l.Reads(f))).ToList();
        var planned = known.Where(f => Plan is { Files.IsDefault: false } plan && plan.Files.Contains(f)).ToList();
        var suspected = known.Where(f => Diagnosis is { Files.IsDefault: false } diagnosis && diagnosis.Files.Any(s => s.Path == f)).ToList();
        var chosen = planned.Count > 0 ? planned : suspected.Count > 0 ? suspected : known;
        return SourceTree.Of(chosen.Select(f => (Path: f, Full: Inside(f)))
            .Where(f => File.Exists(f.Full) && new FileInfo(f.Full).Length <= LargestFile)
            .Select(f => KeyValuePair.Create(f.Path, File.ReadAllText(f.Full))));
    }

    public void Write(SourceTree tree)
    {
        foreach (var (path, text) in tree.Overlay)
        {
            File.WriteAllText(Inside(path), text);
        }
    }

    /// <summary>The batch on the work tree as it is.</summary>
    public async Task<ImmutableArray<TryResult>> ReplayAsync(bool coverage, CancellationToken cancellationToken) =>
        (await Replays.ReplayAsync(new TryRequest([]) { Coverage = coverage, Trace = coverage }, cancellationToken)).Results;

    private string Inside(string path)
    {
        var root = Path.GetFullPath(work);
        var full = Path.GetFullPath(Path.Combine(root, path));
        return full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new AssignmentException($"'editableFiles' names '{path}', which is outside the work tree");
    }

    private static T? Parse<T>(string? json, string field)
        where T : class
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? null : JsonSerializer.Deserialize<T>(json, Wire.Options);
        }
        catch (JsonException malformed)
        {
            throw new AssignmentException($"'{field}' is not a report: {malformed.Message}");
        }
    }
}
