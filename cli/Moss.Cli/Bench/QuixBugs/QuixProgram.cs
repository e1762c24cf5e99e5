using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Moss.Cli.Bench.QuixBugs;

/// <summary>
/// A program of the data set and its test cases, dealt into three in the order of their hashes: equal parts even of a few cases, and
/// nothing but the text of the cases decides.
/// </summary>
/// <param name="Name">As its file is called.</param>
/// <param name="Batch">The agent may run them.</param>
/// <param name="Corpus">The verdict alone runs them.</param>
/// <param name="Truth">Nobody runs them before the report.</param>
internal sealed record QuixProgram(string Name, ImmutableArray<string> Batch, ImmutableArray<string> Corpus, ImmutableArray<string> Truth)
{
    public string File => $"python_programs/{Name}.py";

    /// <summary>The substrate's name: underscores are not for names.</summary>
    public string Substrate => $"quixbugs-{Name.Replace('_', '-')}";

    public bool CanBeSplit => !Batch.IsEmpty && !Corpus.IsEmpty && !Truth.IsEmpty;

    /// <summary>Programs of a clone: those that have a test.</summary>
    public static ImmutableArray<string> NamesIn(string clone) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(clone, "python_programs"), "*.py")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => System.IO.File.Exists(Path.Combine(clone, "python_testcases", $"test_{name}.py")))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<QuixProgram> ReadAsync(string clone, string name, CancellationToken cancellationToken)
    {
        var (_, output) = await Python.RunAsync(clone, Scripts.Cases, [clone, name], null, cancellationToken);
        var parts = JsonSerializer.Deserialize<ImmutableArray<string>>(output).Distinct()
            .OrderBy(Hash, StringComparer.Ordinal)
            .Select((body, place) => (Body: body, Part: place % 3))
            .ToLookup(dealt => dealt.Part, dealt => dealt.Body);
        return new(name, [.. parts[0]], [.. parts[1]], [.. parts[2]]);
    }

    private static string Hash(string body) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
