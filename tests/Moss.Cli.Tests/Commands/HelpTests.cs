using System.CommandLine;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Paths => [.. All(CommandLine.Root(), "").Select(command => command.Path)];

    public static TheoryData<string> Leaves =>
        [.. All(CommandLine.Root(), "").Where(command => command.Command.Subcommands.Count == 0).Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_command_says_what_it_does_and_what_each_of_its_words_means(string path)
    {
        var command = All(CommandLine.Root(), "").Single(one => one.Path == path).Command;
        using var output = new StringWriter();

        var code = await CommandLine.Root().Parse([.. Words(path), "--help"]).InvokeAsync(new InvocationConfiguration { Output = output });

        code.ShouldBe(ExitCodes.Done);
        var help = string.Join(' ', output.ToString().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        help.ShouldContain(command.Description.ShouldNotBeNull());
        foreach (var symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Concat(command.Subcommands).Where(symbol => symbol is not System.CommandLine.Help.HelpOption))
        {
            help.ShouldContain(symbol.Name);
            symbol.Description.ShouldNotBeNullOrWhiteSpace($"{path} {symbol.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_command_that_does_something_takes_json_and_url(string path)
    {
        var parsed = CommandLine.Root().Parse([.. Words(path), "--json", "--url", "http://here:1"]);

        parsed.GetValue(Globals.AsJson).ShouldBeTrue();
        parsed.GetValue(Globals.Url).ShouldBe("http://here:1");
    }

    [Fact]
    public async Task The_program_names_all_its_commands()
    {
        var ran = await MossCommand.RunAsync(url: null, "--help");

        ran.Code.ShouldBe(0);
        foreach (var word in new[] { "up", "demo", "bench", "doctor", "substrate", "evo", "consent", "audit", "gateway", "down" })
        {
            ran.Output.ShouldContain($"  {word} ");
        }
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.SelectMany(inner => All(inner, $"{path} {inner.Name}".Trim())).Prepend((path, command));

    private static string[] Words(string path) => path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
