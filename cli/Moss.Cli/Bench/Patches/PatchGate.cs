using System.Diagnostics;
using Moss.Cli.Hosting;

namespace Moss.Cli.Bench.Patches;

/// <summary>What was ruled on a candidate, by the process that has the real build step, sandboxes, replayer and policy. It never sees a label.</summary>
internal sealed record RuledCandidate(string Program, string Candidate, RuledAs VisibleOnly, RuledAs WithCorpus, int Trials);

internal sealed record RuledAs(bool Accepted, string Verdict, string Reason);

/// <summary>What a version answered to a question.</summary>
internal sealed record Answered(string Program, string Candidate, string Question, string Outcome, string Answer, string Note);

/// <summary>A scenario with as little input as shows the same failure and the same repair.</summary>
internal sealed record Minimised(string Scenario, int Asked, bool Minimal, int BytesBefore, int Bytes);

/// <summary>The gate as a child process: one request goes in, a line comes out for each thing that is done.</summary>
internal static class PatchGate
{
    public static IAsyncEnumerable<RuledCandidate> RuleAsync(IEnumerable<string> programs, string data, int atOnce, CancellationToken cancellationToken) =>
        AskAsync<RuledCandidate>(new { programs, data, atOnce }, cancellationToken);

    /// <summary>Every scenario of the folder <paramref name="questions"/> of each program, on its base and on each of its candidates.</summary>
    public static IAsyncEnumerable<Answered> AnswerAsync(
        IEnumerable<string> programs, string questions, string data, int atOnce, CancellationToken cancellationToken) =>
        AskAsync<Answered>(new { programs, data, atOnce, questions }, cancellationToken);

    /// <summary>A scenario of a program whose one candidate repairs it, with less input.</summary>
    public static async Task<Minimised> MinimiseAsync(string program, string scenario, int most, string data, CancellationToken cancellationToken)
    {
        await foreach (var answer in AskAsync<Minimised>(new { programs = (string[])[program], data, atOnce = 1, minimise = new { scenario, most } }, cancellationToken))
        {
            return answer;
        }

        throw new UnreachableException("the gate answers or says why not");
    }

    private static IAsyncEnumerable<T> AskAsync<T>(object request, CancellationToken cancellationToken) => new HelperProgram(
        MossHome.PatchGate, "the candidates could not be tried", "`moss doctor` says what this machine lacks; docs/patches.md says how a set is laid out")
        .AskAsync<T>(request, cancellationToken);
}
