using System.CommandLine;

namespace Moss.Cli.Commands.Evo;

/// <summary>Arguments that several commands share.</summary>
internal static class Arguments
{
    public static Argument<Guid> Evolution() => new("evolution") { Description = "Id of the evolution" };

    /// <summary>An id that may be left out.</summary>
    public static Argument<Guid?> OptionalId(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = given =>
        {
            if (given.Tokens.Count == 0)
            {
                return null;
            }

            if (Guid.TryParse(given.Tokens[0].Value, out var id))
            {
                return id;
            }

            given.AddError($"'{given.Tokens[0].Value}' is no id.");
            return null;
        },
    };

    public static Option<string?> Key(bool required = false) =>
        new("--key") { Description = "Your key, as `moss consent key` wrote it, where approvers sign", Required = required };

    public static Option<string?> As(bool required = false) =>
        new("--as") { Description = "Your name among the approvers in moss.yaml", Required = required };

    public static Option<string> By() => new("--by") { Description = "Who asks", DefaultValueFactory = _ => Environment.UserName };
}
