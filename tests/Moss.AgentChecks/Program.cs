using System.Runtime.InteropServices;
using System.Text.Json;
using Moss.AgentChecks;
using Moss.AgentChecks.Checks;
using Moss.AgentChecks.Measuring;
using Moss.CodingAgents.Providers;
using Moss.Testing;

// One request on standard input, a row for each agent on standard output, what goes on in the meantime on standard error: `moss bench agents`
// is the one who asks. A program of the tests, because of the scripted model: see Moss.StubModel.
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};
// The servers of the checks would swallow it.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    interrupted.Cancel();
});

try
{
    var request = JsonSerializer.Deserialize<BenchRequest>(await Console.In.ReadToEndAsync(interrupted.Token), BenchJson.Options)
        ?? throw new ArgumentException("the request is empty");
    foreach (var name in request.Agents ?? [.. Catalog.Names.Where(name => AgentPrograms.Missing(name) is null)])
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(await RowAsync(name, request.Runs), BenchJson.Options));
    }

    return 0;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception wrong) when (wrong is ArgumentException or JsonException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

async Task<AgentRow> RowAsync(string name, int runs)
{
    if (AgentPrograms.Missing(name) is { } install)
    {
        return AgentRow.Missing(name, install);
    }

    var subject = AgentSubject.Of(name, [.. AgentPrograms.FoldersFor(name)]);
    var judge = new AgentJudge(AgentCheck.All, runs, (check, reason) => Console.Error.WriteLine($"{name}: {check}: {reason ?? "ok"}"));
    return await judge.JudgeAsync(subject, await ProgramVersion.OfAsync(name, subject.ToolFolders, interrupted.Token), interrupted.Token);
}
