using System.CommandLine;

namespace Moss.Cli.Commands.Evo;

internal static class EvoCommand
{
    public static Command Create() => new("evo", "Batches of failures and their evolutions")
    {
        StatusCommand.Create(),
        BatchesCommand.Create(),
        BatchCommand.Create(),
        StartCommand.Create(),
        StopCommand.Create(),
        RestartCommand.Create(),
        ApplyCommand.Create(),
        SignCommand.Create(),
        RollbackCommand.Create(),
        FlagCommand.Create(),
        WatchCommand.Create(),
        VerdictCommand.Create(),
        MatrixCommand.Create(),
    };
}
