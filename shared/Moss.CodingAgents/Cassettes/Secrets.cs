using System.Collections.Immutable;

namespace Moss.CodingAgents.Cassettes;

/// <summary>What must not get into a cassette: what an agent presented as its key, wherever it said it again.</summary>
internal sealed class Secrets
{
    private const string Placeholder = "[secret]";
    private const int Shortest = 8;

    private static readonly string[] Names = ["KEY", "TOKEN", "SECRET", "PASSWORD"];

    private readonly ImmutableArray<string> values;

    private Secrets(IEnumerable<string> values) =>
        this.values = [.. values.Where(value => value.Length >= Shortest).Distinct().OrderByDescending(value => value.Length)];

    /// <summary>Those of a call.</summary>
    /// <param name="token">What it presents to the proxy; null for nothing.</param>
    /// <param name="environment">Variables of its own; those whose name says so hold secrets.</param>
    public static Secrets Of(string? token, ImmutableSortedDictionary<string, string> environment) => new(
        [.. token is null ? [] : (string[])[token], .. environment.Where(IsSecret).Select(variable => variable.Value)]);

    /// <summary>The text without them.</summary>
    public string Without(string text) => values.Aggregate(text, (clean, value) => clean.Replace(value, Placeholder, StringComparison.Ordinal));

    /// <summary>A recording without them.</summary>
    /// <exception cref="TapeException">One may be in a binary file, out of reach.</exception>
    public Recording Without(Recording recording, string workTree, IEnumerable<string> changed) =>
        recording.Diff.Contains("GIT binary patch", StringComparison.Ordinal) && changed.FirstOrDefault(file => IsIn(Path.Combine(workTree, file))) is { } file
            ? throw new TapeException($"a secret of the call is in {file}, and the change has binary files")
            : recording with
            {
                Events = [.. recording.Events.Select(Without)],
                Error = Without(recording.Error),
                Diff = Without(recording.Diff),
                Report = recording.Report is { } report ? Without(report) : null,
            };

    private static bool IsSecret(KeyValuePair<string, string> variable) => Names.Any(name => variable.Key.Contains(name, StringComparison.OrdinalIgnoreCase));

    private bool IsIn(string file) =>
        new FileInfo(file).Length > 0 && File.ReadAllText(file, System.Text.Encoding.Latin1) is var content && values.Any(value => content.Contains(value, StringComparison.Ordinal));
}
