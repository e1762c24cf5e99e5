using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Output;
using Moss.Domain.Evidence;

namespace Moss.Cli.Features;

/// <summary>How commands run: one place turns everything that can go wrong into a message and an exit code.</summary>
internal static class Running
{
    public static Command Runs(this Command command, Func<CommandContext, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var http = MossClient.Connect(Globals.AddressOf(parsed), Globals.KeyOf(parsed));
                return await action(new CommandContext(parsed, new MossClient(http), Screen.OfConsole()), cancellationToken);
            }
            catch (Exception ended)
            {
                if (Understand(ended, parsed, cancellationToken) is not var (code, problem))
                {
                    throw;
                }

                if (problem is not null)
                {
                    Report(parsed.GetValue(Globals.AsJson), problem);
                }

                return code;
            }
        });
        return command;
    }

    /// <summary>Exit code and message of what was to be expected; null for a defect of this program.</summary>
    private static (int Code, ApiProblem? Problem)? Understand(Exception ended, ParseResult parsed, CancellationToken cancellationToken) => ended switch
    {
        ApiException refused => (ExitCodes.Refused, refused.Problem),
        UsageException usage => (ExitCodes.Usage, new(0, "The command cannot be done like this", usage.Message, usage.Field, usage.Fix, null)),
        LocalFailureException local => (ExitCodes.NotReachable, new(0, local.Title, local.Message, null, local.Fix, null)),
        HttpRequestException unreachable => (ExitCodes.NotReachable, new(
            0, "Moss cannot be reached", unreachable.InnerException?.Message ?? unreachable.Message, "url",
            $"start it with `moss up`, or say where it is with --url or MOSS_URL ({Globals.AddressOf(parsed)})", null)),
        IOException broken and (HttpIOException or { InnerException: SocketException }) => (ExitCodes.NotReachable, new(
            0, "Moss went away", broken.Message, "url", "what it was asked to do goes on when it runs again; ask for the status then", null)),
        JsonException stranger => (ExitCodes.NotReachable, new(
            0, "What answers there is not Moss", stranger.Message, "url", $"say where Moss is with --url or MOSS_URL ({Globals.AddressOf(parsed)})", null)),
        OperationCanceledException when cancellationToken.IsCancellationRequested => (ExitCodes.Cancelled, null),
        _ => null,
    };

    /// <summary>Errors are JSON on standard output when JSON was asked for, text on standard error otherwise.</summary>
    public static void Report(bool asJson, ApiProblem problem)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { error = problem }, JsonOutput.Options));
            return;
        }

        Say($"error: {problem.Title}");
        foreach (var row in problem.Problems ?? [new(problem.Field ?? "", problem.Detail, problem.Fix ?? "")])
        {
            Say(row.Field.Length > 0 ? $"  {row.Field}: {row.Detail}" : $"  {row.Detail}");
            if (row.Fix.Length > 0)
            {
                Say($"    fix: {row.Fix}");
            }
        }
    }

    private static void Say(string line) => Console.Error.WriteLine(ForeignText.Visible(line));
}

/// <summary>The arguments fit together, but not with the world.</summary>
internal sealed class UsageException(string place, string message, string fix) : Exception(message)
{
    public string Field => place;

    public string Fix => fix;
}
