using System.CommandLine;

namespace Moss.Cli.Commands;

/// <summary>What the benches of the gate have in common.</summary>
internal static class GateArguments
{
    public static Option<int> Runs(string description, int usual) => Positive("--runs", description, usual, 10_000);

    public static Option<int> AtOnce() => Positive("--at-once", "Evolutions at once", 4, 64);

    public static Option<int> Seed() => new("--seed") { Description = "The same seed gives the same draws", DefaultValueFactory = _ => 1 };

    public static Option<DirectoryInfo?> Data() => new("--data") { Description = "Folder for everything it makes (default: a new one below .moss)" };

    public static Option<string> Depth()
    {
        var depth = new Option<string>("--depth") { Description = "light, standard or deep", DefaultValueFactory = _ => "light" };
        return depth.AcceptOnlyFromAmong("light", "standard", "deep");
    }

    private static Option<int> Positive(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
            {
                result.AddError($"{name} is {given}; it is 1 to {most}.");
            }
        });
        return option;
    }
}
