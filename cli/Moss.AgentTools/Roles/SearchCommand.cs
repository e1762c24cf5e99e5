using System.Text.Json;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Roles;

/// <summary><c>search</c>: the coding agent that needs no model. Plays the role that the assignment names.</summary>
internal static class SearchCommand
{
    public const string Usage = """
        usage: search --task DIR --work DIR --out DIR [--try FILE] [--at-once N]
          Reads DIR/assignment.json and writes OUT/report.json in the shape of its role.
          --task DIR     the task folder, read only
          --work DIR     the work tree; changed in place by the role implement alone
          --out DIR      where the report goes
          --try FILE     where the scenario runner listens (/moss/try.sock)
          --at-once N    replays at once (one more than there are processors)
        exit: 0 a report was written, 2 wrong usage, bad assignment or no runner
        """;

    public static async Task<int> RunAsync(
        Arguments arguments, TimeProvider clock, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (task, work, place) = (arguments.Value("--task"), arguments.Value("--work"), arguments.Value("--out"));
        var socket = arguments.Value("--try") ?? TryCommand.DefaultSocket;
        var atOnce = arguments.Value("--at-once");
        var processors = 0;
        var problem = arguments.Problem()
            ?? (task is null ? "--task is missing" : work is null ? "--work is missing" : place is null ? "--out is missing" : null)
            ?? (atOnce is not null && !(int.TryParse(atOnce, out processors) && processors is >= 1 and <= 256) ? "--at-once must be a number from 1 to 256" : null);
        if (problem is not null)
        {
            await error.WriteLineAsync($"{problem}\n{Usage}");
            return 2;
        }

        try
        {
            await using var replays = new SocketReplays(socket);
            var desk = new Desk(Assignment.Load(task!), work!, replays, clock)
            {
                AtOnce = processors > 0 ? processors : Environment.ProcessorCount + 1,
                HasRunner = File.Exists(socket),
                Log = output,
            };
            var report = await desk.WorkAsync(cancellationToken);
            Directory.CreateDirectory(place!);
            await File.WriteAllTextAsync(Path.Combine(place!, "report.json"), JsonSerializer.Serialize(report, Wire.Options) + "\n", CancellationToken.None);
            return 0;
        }
        catch (Exception refused) when (refused is TryException or AssignmentException)
        {
            await error.WriteLineAsync(refused.Message);
            return 2;
        }
    }
}
