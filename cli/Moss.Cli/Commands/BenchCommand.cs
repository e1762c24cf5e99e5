using System.CommandLine;

namespace Moss.Cli.Commands;

internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure Moss");
}
