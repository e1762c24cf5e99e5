using System.CommandLine;
using Moss.Cli.Bench.Agents;
using Moss.Cli.Doctor;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

/// <summary>Whether the coding agents do what Moss needs of them, and what Moss adds to their time.</summary>
internal static class AgentsCommand
{
    public static Command Create()
    {
        var agents = new Option<string[]>("--agent") { Description = "An agent that Moss knows by name; may be given again for more (default: all that are installed)" };
        agents.AcceptOnlyFromAmong([.. AgentNeeds.Names]);
        var runs = new Option<int>("--runs") { Description = "Calls through Moss, and runs of the program alone, behind each median", DefaultValueFactory = _ => 5 };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--runs is 1 or more");
            }
        });
        return new Command("agents", "Each coding agent with its real program, in the real jail, through the real model proxy, before a scripted model: does it conform, and how much time does Moss add? It needs a checkout of the source")
        {
            agents, runs,
        }.Runs(async (context, cancellationToken) =>
        {
            var report = await new AgentsRun(new(context.Get(agents) ?? [], context.Get(runs)), Console.Error.WriteLine, TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return report.Holds ? ExitCodes.Done : ExitCodes.DoesNotConform;
        });
    }

    private static void Print(Screen screen, AgentsReport report)
    {
        screen.Table(AgentsText.Columns, report.Agents.Select(AgentsText.Row));
        foreach (var line in AgentsText.Lines(report))
        {
            screen.Line(line);
        }
    }
}
