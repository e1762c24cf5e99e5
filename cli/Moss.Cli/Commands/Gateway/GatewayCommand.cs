using System.CommandLine;
using System.Text.RegularExpressions;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Gateway;

internal static partial class GatewayCommand
{
    private static readonly string[] Scopes = ["report", "read", "operate", "approve"];

    public static Command Create() => new("gateway", "What the gateway in front of the services needs") { Key() };

    private static Command Key()
    {
        var name = new Option<string>("--name") { Description = "Who gets the key; services are told this name", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = $"What it may be used for, with commas between: {string.Join(", ", Scopes)}; none contains another", Required = true,
        };
        return new Command("key", "Make a key, and print it once with the settings that let the gateway know it") { name, scopes }
            .Runs((context, _) =>
            {
                context.Show(NewKey.Make(Name(context.Get(name)), ScopesIn(context.Get(scopes))), made =>
                {
                    context.Screen.Line($"key:  {made.Key}");
                    context.Screen.Line($"hash: {made.Hash}");
                    context.Screen.Line("give the key to its owner now, it is kept nowhere; set for the gateway:");
                    foreach (var (variable, value) in made.Settings)
                    {
                        context.Screen.Line($"  {variable}={value}");
                    }
                });
                return Task.FromResult(ExitCodes.Done);
            });
    }

    private static string Name(string name) => NamePattern().IsMatch(name)
        ? name
        : throw new UsageException("--name", $"'{name}' is no name of a key", "use up to 64 letters, digits, dots, dashes and underscores");

    private static string[] ScopesIn(string text)
    {
        string[] words = [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct()];
        return words.Length > 0 && words.All(Scopes.Contains)
            ? words
            : throw new UsageException("--scopes", $"'{text}' names something that is no scope", $"choose of {string.Join(", ", Scopes)}");
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex NamePattern();
}
