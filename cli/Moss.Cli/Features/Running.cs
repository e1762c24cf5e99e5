using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Output;

namespace Moss.Cli.Features;

/// <summary>How commands run: one place turns everything that can go wrong into a message and an exit code.</summary>
internal static class Running
{
    public static Command Runs(this Command command, Func<CommandContext, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = new HttpClient { BaseAddress = parsed.GetValue(Globals.Url), Timeout = Timeout.InfiniteTimeSpan };
            var context = new CommandContext(parsed, new MossClient(http), new Screen());
            try
            {
                return await action(context, cancellationToken);
            }
            catch (ApiException refused)
            {
                return Refuse(context, refused.Problem);
            }
            catch (HttpRequestException unreachable)
            {
                var fix = $"start it with `moss up`, or say where it is with --url or MOSS_URL ({http.BaseAddress})";
                Report(context, new(0, "Moss cannot be reached", unreachable.InnerException?.Message ?? unreachable.Message, "url", fix, null));
                return ExitCodes.NotReachable;
            }
            catch (UsageException usage)
            {
                Report(context, new(0, "The command cannot be done like this", usage.Message, usage.Field, usage.Fix, null));
                return ExitCodes.Usage;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Cancelled;
            }
        });
        return command;
    }

    private static int Refuse(CommandContext context, ApiProblem problem)
    {
        Report(context, problem);
        return ExitCodes.Refused;
    }

    /// <summary>Errors are JSON on standard output when JSON was asked for, text on standard error otherwise.</summary>
    private static void Report(CommandContext context, ApiProblem problem)
    {
        if (context.AsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { error = problem }, JsonOutput.Options));
            return;
        }

        Console.Error.WriteLine($"error: {problem.Title}");
        foreach (var row in problem.Problems ?? [new(problem.Field ?? "", problem.Detail, problem.Fix ?? "")])
        {
            Console.Error.WriteLine(row.Field.Length > 0 ? $"  {row.Field}: {row.Detail}" : $"  {row.Detail}");
            if (row.Fix.Length > 0)
            {
                Console.Error.WriteLine($"    fix: {row.Fix}");
            }
        }
    }
}

/// <summary>The arguments fit together, but not with the world.</summary>
internal sealed class UsageException(string place, string message, string fix) : Exception(message)
{
    public string Field => place;

    public string Fix => fix;
}
