using System.CommandLine;

namespace Moss.Cli.Commands.Evo;

/// <summary>Arguments that several commands share.</summary>
internal static class Arguments
{
    public static Argument<Guid> Evolution() => new("evolution") { Description = "Id of the evolution" };

    public static Option<string> By() => new("--by") { Description = "Who asks", DefaultValueFactory = _ => Environment.UserName };
}
