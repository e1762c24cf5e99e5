using System.Collections.Immutable;
using System.Globalization;
using Moss.Sandboxes;

namespace Moss.Replays.Coverage;

/// <summary>
/// Python: a <c>sitecustomize</c> module, which the interpreter imports before the program, traces the files below the
/// source and nothing else.
/// </summary>
public sealed class PythonCoverage : ILineCoverage
{
    private const string Inside = "/moss/coverage";
    private static readonly byte[] Module = ReadModule();

    /// <inheritdoc/>
    public string Language => "python";

    /// <inheritdoc/>
    public bool Covers(string path) => path.EndsWith(".py", StringComparison.Ordinal);

    /// <inheritdoc/>
    public ImmutableArray<LineSpan> Statements(string text) => PythonLines.Logical(text);

    /// <inheritdoc/>
    public CoveragePlan Plan(string folder, string lines, string source, TimeSpan wallClock)
    {
        File.WriteAllBytes(Path.Combine(folder, "sitecustomize.py"), Module);
        // A program that hangs is killed without a chance to write; so its lines are written shortly before.
        var margin = Math.Clamp(wallClock.TotalSeconds * 0.1, 0.15, 1);
        var deadline = Math.Max(wallClock.TotalSeconds - margin, wallClock.TotalSeconds / 2);
        return new([new SandboxMount.ReadOnly(folder, Inside)], environment =>
        {
            environment["PYTHONPATH"] = environment.TryGetValue("PYTHONPATH", out var declared) && declared.Length > 0 ? $"{Inside}:{declared}" : Inside;
            environment["MOSS_LINES"] = string.Create(CultureInfo.InvariantCulture, $"{deadline:0.###}|{lines}|{source}|{Inside}");
        });
    }

    private static byte[] ReadModule()
    {
        using var stream = typeof(PythonCoverage).Assembly.GetManifestResourceStream("Moss.Replays.Coverage.sitecustomize.py")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
