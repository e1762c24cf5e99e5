using System.CommandLine;
using System.Security.Cryptography;
using Moss.Cli.Features;
using Moss.Consents;

namespace Moss.Cli.Commands.Consents;

internal static class ConsentCommand
{
    public static Command Create() => new("consent", "What approvers need to sign") { Key() };

    private static Command Key()
    {
        var file = new Option<string>("--out") { Description = "File for the private half; must not be there yet", Required = true };
        return new Command("key", "Make a key to consent with, and print its public half for moss.yaml") { file }
            .Runs((context, _) =>
            {
                var path = context.Get(file);
                var key = PrivateKey.Of(RandomNumberGenerator.GetBytes(PrivateKey.SeedBytes));
                try
                {
                    KeyFile.Write(path, key);
                }
                catch (KeyFileException wrong)
                {
                    throw new UsageException("--out", $"{path}: {wrong.Message}", wrong.Fix);
                }

                context.Show(new { Key = key.Public.ToString(), File = path }, made =>
                {
                    context.Screen.Line(made.Key);
                    context.Screen.Line($"The private half is in {made.File}, which nobody else can read. Whoever has it can consent in your name.");
                    context.Screen.Line("Have the line above written into moss.yaml, on the stable branch:");
                    context.Screen.Line($"  consent: {{ approvers: [{{ name: NAME, key: \"{made.Key}\" }}] }}");
                });
                return Task.FromResult(ExitCodes.Done);
            });
    }
}
