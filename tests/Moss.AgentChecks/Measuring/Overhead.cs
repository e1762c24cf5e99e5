using Moss.AgentChecks.Checks;
using Moss.CodingAgents.Roles;
using Moss.Testing.Models;

namespace Moss.AgentChecks.Measuring;

/// <summary>What a call of an agent takes, in seconds: medians of as many runs of each kind.</summary>
/// <param name="Bare">Its program alone.</param>
/// <param name="Moss">The same through Moss: session, jail, bridge, proxy, reading of the report.</param>
internal sealed record Overhead(double Bare, double Moss)
{
    public double Seconds => Math.Round(Moss - Bare, 3);

    /// <summary>
    /// One run of each kind in turn, so that both see the same machine; the first of each is not counted. An author reads a file, edits it
    /// and ends: three calls of the model.
    /// </summary>
    /// <exception cref="ShouldAssertException">A run did not do that.</exception>
    public static async Task<Overhead> MeasureAsync(AgentSubject subject, int runs, CancellationToken cancellationToken)
    {
        await using var room = await CheckRoom.OpenAsync(subject);
        await using var model = await StubModel.StartAsync();
        using var outside = room.AnotherBench();
        room.ScriptEdit(CheckRoom.File, CheckRoom.Done);
        var session = room.Bench.Session();
        var program = new BareRun(subject, outside, model);
        var (bare, moss) = (new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            outside.Write(CheckRoom.File, "x = 1\n");
            bare.Add((await program.RunAsync(cancellationToken)).TotalSeconds);

            room.Bench.Write(CheckRoom.File, "x = 1\n");
            var task = room.Bench.Task(RoleCatalog.Implement.Role);
            var began = TimeProvider.System.GetTimestamp();
            var outcome = await session.RunAsync(subject.Agent, RoleCatalog.Implement, task, null, cancellationToken);
            moss.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            outcome.Reported();
            room.Bench.Read(CheckRoom.File).ShouldBe("x = 2\n");
        }

        return new(Median(bare.Skip(1)), Median(moss.Skip(1)));
    }

    /// <summary>To the millisecond; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 3);
    }
}
