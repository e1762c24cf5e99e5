using System.Text.Json;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.QuixBugs;

/// <summary>The cases that nobody ran: is the promoted program right on all of them?</summary>
internal static class Truth
{
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(20);

    public static async Task<bool> HoldsAsync(string repository, QuixProgram program, string commit, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("moss-truth-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "python_programs"));
            foreach (var file in new[] { program.File, "node.py" })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, file), await Git.ShowAsync(repository, commit, file, cancellationToken), cancellationToken);
            }

            foreach (var body in program.Truth)
            {
                if (!await PassesAsync(folder, program.Name, body, cancellationToken))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> PassesAsync(string folder, string program, string body, CancellationToken cancellationToken)
    {
        var (scenario, answer) = (Path.Combine(folder, "scenario.json"), Path.Combine(folder, "answer.json"));
        File.Delete(answer);
        await File.WriteAllTextAsync(scenario, JsonSerializer.Serialize(new { input = new { program, body } }), cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CaseLimit);
        try
        {
            var environment = new Dictionary<string, string> { ["MOSS_SCENARIO"] = scenario, ["MOSS_OUT"] = folder };
            await Python.RunAsync(folder, Scripts.Trial, [], environment, limit.Token);
        }
        catch (Exception ended) when (ended is LocalFailureException || (ended is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }

        // A program that ends the interpreter leaves no answer; the one of the case before it must not count for it.
        return File.Exists(answer)
            && JsonDocument.Parse(await File.ReadAllTextAsync(answer, cancellationToken)).RootElement.GetProperty("passed").GetBoolean();
    }
}
