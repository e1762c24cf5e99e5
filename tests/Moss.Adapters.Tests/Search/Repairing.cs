using System.Text.Json;
using Moss.AgentTools;
using Moss.AgentTools.Roles;
using Moss.AgentTools.Try;
using Moss.Testing;

namespace Moss.Adapters.Tests.Search;

/// <summary>Runs the search command as Moss would, against the fake scenario runner.</summary>
internal static class Repairing
{
    /// <summary>The program after the search, and the report.</summary>
    public static async Task<(string Program, ImplementReport Report)> ImplementAsync(
        FakeTryServer server, Func<Assignment, Assignment>? change = null)
    {
        var assignment = new Assignment("key", "implement", "sample", [.. server.Ids.Select(id => new ScenarioBrief(id, id, "", 0))], [FakeTryServer.Program])
        {
            Coverage = "python",
            TimeoutSeconds = 240,
        };
        var json = await RunAsync(server, change is null ? assignment : change(assignment));
        return (await File.ReadAllTextAsync(server.Work.Combine(FakeTryServer.Program)), JsonSerializer.Deserialize<ImplementReport>(json, Wire.Options)!);
    }

    /// <summary>The report of any role, as JSON.</summary>
    public static async Task<string> RunAsync(FakeTryServer server, Assignment assignment)
    {
        using var task = new TemporaryFolder();
        using var place = new TemporaryFolder();
        task.Write("assignment.json", JsonSerializer.Serialize(assignment, Wire.Options));
        var error = new StringWriter();
        var exit = await SearchCommand.RunAsync(
            new Arguments(["--task", task.Path, "--work", server.Work.Path, "--out", place.Path, "--try", server.Socket, "--at-once", "2"]),
            TimeProvider.System, TextWriter.Null, error, CancellationToken.None);
        error.ToString().ShouldBe("");
        exit.ShouldBe(0);
        return await File.ReadAllTextAsync(place.Combine("report.json"));
    }

    /// <summary>The program as it was and as an earlier candidate left it, as git would print it.</summary>
    public static string Diff(string before, string after)
    {
        var (old, made) = (before.Split('\n'), after.Split('\n'));
        return $"--- a/{FakeTryServer.Program}\n+++ b/{FakeTryServer.Program}\n@@ -1,{old.Length} +1,{made.Length} @@\n"
            + string.Concat(old.Select(line => $"-{line}\n")) + string.Concat(made.Select(line => $"+{line}\n"));
    }

    public static TemporaryFolder WorkTree(string program)
    {
        var work = new TemporaryFolder();
        work.Write(FakeTryServer.Program, program);
        return work;
    }
}
