using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Moss.Cli.Api;
using Moss.Cli.Commands;
using Moss.Cli.Commands.Audit;
using Moss.Cli.Commands.Consents;
using Moss.Cli.Commands.Cost;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Commands.Gateway;
using Moss.Cli.Commands.Oversight;
using Moss.Cli.Commands.Queues;
using Moss.Cli.Commands.Substrate;

namespace Moss.Cli.Features;

/// <summary>All commands, and what happens to words that are none.</summary>
internal static class CommandLine
{
    public static RootCommand Root() => new("Moss repairs the source code of production agent systems, on evidence and with consent.")
    {
        Globals.AsJson,
        Globals.Url,
        Globals.ApiKey,
        UpCommand.Create(),
        DownCommand.Create(),
        DemoCommand.Create(),
        BenchCommand.Create(),
        DoctorCommand.Create(),
        SubstrateCommand.Create(),
        EvoCommand.Create(),
        ConsentCommand.Create(),
        OversightCommand.Create(),
        CostCommand.Create(),
        QueuesCommand.Create(),
        AuditCommand.Create(),
        GatewayCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] words)
    {
        var parsed = Root().Parse(words);
        return parsed.Action is ParseErrorAction ? Refuse(parsed) : await parsed.InvokeAsync();
    }

    private static int Refuse(ParseResult parsed)
    {
        var problem = new ApiProblem(
            0, "The command cannot be done like this", string.Join(" ", parsed.Errors.Select(error => error.Message)), null,
            $"see it with --help: {Path(parsed.CommandResult)} --help", null);
        Running.Report(parsed.GetResult(Globals.AsJson) is { Implicit: false }, problem);
        return ExitCodes.Usage;
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult outer ? $"{Path(outer)} {command.Command.Name}" : "moss";
}
