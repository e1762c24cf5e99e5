using System.Globalization;
using System.Text.Json;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.QuixBugs;

/// <summary>One program as the repository of a substrate: its buggy source, a trial entry, and scenarios without the truth.</summary>
internal static class QuixRepository
{
    public static async Task CreateAsync(string clone, QuixProgram program, string folder, QuixOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "python_programs"));
        Directory.CreateDirectory(Path.Combine(folder, "scenarios"));
        File.Copy(Path.Combine(clone, program.File), Path.Combine(folder, program.File));
        File.Copy(Path.Combine(clone, "python_testcases", "node.py"), Path.Combine(folder, "node.py"));
        await File.WriteAllTextAsync(Path.Combine(folder, "trial.py"), Scripts.Trial, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "moss.yaml"), Declaration(program, options), cancellationToken);
        foreach (var (suite, bodies) in new[] { ("batch", program.Batch), ("corpus", program.Corpus) })
        {
            for (var index = 0; index < bodies.Length; index++)
            {
                var id = IdOf(suite, index);
                await File.WriteAllTextAsync(Path.Combine(folder, "scenarios", $"{id}.json"), Scenario(program, id, bodies[index]), cancellationToken);
            }
        }

        await Git.InitAsync(folder, $"{program.Name} as the data set has it", shared: false, cancellationToken);
    }

    public static string IdOf(string suite, int index) => string.Create(CultureInfo.InvariantCulture, $"{suite}-{index + 1:00}");

    private static string Scenario(QuixProgram program, string id, string body) => JsonSerializer.Serialize(
        new
        {
            id, title = $"a test case of {program.Name}", input = new { program = program.Name, body },
            graders = new[] { new { id = "passes", kind = "jsonPathEquals", path = "$.passed", value = true } },
        });

    private static string Declaration(QuixProgram program, QuixOptions options) => string.Create(CultureInfo.InvariantCulture, $"""
        name: {program.Substrate}
        scope:
          editable: ["{program.File}"]
          maxFiles: 1
        trial:
          command: [python3, -m, trial]
          timeout: 5s
          coverage: python
          memory: 512MiB
        agents:
          default: search
        budget:
          agentTimeout: {(int)options.AgentTimeout.TotalSeconds}s
        verdict:
          leastFailures: {options.LeastFailures}
        """);
}
