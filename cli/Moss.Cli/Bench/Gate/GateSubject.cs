using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.Gate;

/// <summary>A substrate whose every trial is a draw, and what its agent does to it.</summary>
/// <param name="Name">Of the substrate.</param>
/// <param name="Before">Chance that a trial of the live version passes, 0 to 1.</param>
/// <param name="After">The same of a candidate; null when the agent adds a comment and nothing else.</param>
/// <param name="Failures">Scenarios that are reported as failures, 1 or more.</param>
/// <param name="Graded">Whether scores are graded besides passing or not.</param>
/// <param name="Salt">What the draws follow from; neither the gate nor the agent looks at it.</param>
internal sealed record GateSubject(string Name, double Before, double? After, int Failures, bool Graded, string Salt)
{
    /// <summary>Scenarios that are reported as failures.</summary>
    public IEnumerable<string> Batch => Enumerable.Range(1, Failures).Select(number => string.Create(CultureInfo.InvariantCulture, $"reported-{number}"));

    /// <summary>Held out and always passing: nothing but the test of the gain stands between the candidate and its promotion.</summary>
    private const string HeldOut = "held-out";

    private static readonly double[] Grades = [0.25, 0.5, 0.75];

    /// <summary>The same seed and number give the same draws.</summary>
    public static string SaltOf(int seed, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{name}"))));

    /// <summary>Lays it out as a repository.</summary>
    public async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "scenarios"));
        foreach (var (file, text) in Files())
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), text, cancellationToken);
        }

        await Git.InitAsync(folder, "As it runs today", shared: false, cancellationToken);
    }

    private IEnumerable<(string File, string Text)> Files() =>
    [
        ("behaviour.py", string.Create(CultureInfo.InvariantCulture, $"# How often it works.\nRATE = {Before}\n")),
        ("trial.py", GateScripts.Trial),
        ("agent.py", GateScripts.Agent),
        ("salt", Salt + "\n"),
        ("order.json", JsonSerializer.Serialize(new { after = After })),
        ("moss.yaml", Declaration()),
        .. Batch.Append(HeldOut).Select(id => ($"scenarios/{id}.json", Scenario(id))),
    ];

    private string Scenario(string id) => JsonSerializer.Serialize(new
    {
        id, title = id, input = new { steady = id == HeldOut },
        graders = (object[])
        [
            new { id = "passes", kind = "jsonPathEquals", path = "$.passed", value = true },
            .. Graded ? Grades.Select(grade => (object)new { id = $"within-{grade * 100}", kind = "numeric", path = "$.quality", value = 1, tolerance = grade, required = false }) : [],
        ],
    });

    private string Declaration() => $$"""
        name: {{Name}}
        scope:
          editable: [behaviour.py]
          maxFiles: 1
        trial:
          command: [python3, -S, -E, trial.py]
          timeout: 60s
        agents:
          default: scripted
          commands:
            scripted:
              command: [python3, -S, -E, agent.py, "{role}"]
        budget:
          agentTimeout: 120s

        """;
}
