using Moss.AgentTools;
using Moss.AgentTools.Api;
using Moss.AgentTools.Bridge;
using Moss.AgentTools.Replay;
using Moss.AgentTools.Roles;
using Moss.AgentTools.Try;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, stop) =>
{
    stop.Cancel = true;
    interrupted.Cancel();
};

var arguments = new Arguments(args.Skip(1));
switch (args.FirstOrDefault())
{
    case "try":
        return await TryCommand.RunAsync(arguments, Console.Out, Console.Error, interrupted.Token);
    case "search":
        return await SearchCommand.RunAsync(arguments, TimeProvider.System, Console.Out, Console.Error, interrupted.Token);
    case "replay":
        return await ReplayCommand.RunAsync(arguments, Console.Out, Console.Error, interrupted.Token);
    case "bridge":
        return await BridgeCommand.RunAsync([.. args.Skip(1)], Console.Error);
    case "api":
        return await ApiCommand.RunAsync(
            arguments, Environment.GetEnvironmentVariable, Console.OpenStandardInput(), TimeProvider.System, Console.Out, Console.Error, interrupted.Token);
    default:
        await Console.Error.WriteLineAsync($"{TryCommand.Usage}\n{SearchCommand.Usage}\n{ReplayCommand.Usage}\n{ApiCommand.Usage}\n{BridgeCommand.Usage}");
        return 2;
}
