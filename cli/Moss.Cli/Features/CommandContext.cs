using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Output;

namespace Moss.Cli.Features;

/// <summary>What a command is given: the server, the console, and how to print.</summary>
internal sealed class CommandContext(ParseResult parsed, MossClient client, Screen screen)
{
    public MossClient Client => client;

    public Screen Screen => screen;

    public Uri Url => Globals.AddressOf(parsed);

    public string? ApiKey => Globals.KeyOf(parsed);

    public bool AsJson => parsed.GetValue(Globals.AsJson);

    public T Get<T>(Option<T> option) => parsed.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Prints the value as JSON, or lets <paramref name="text"/> show it.</summary>
    public void Show<T>(T value, Action<T> text)
    {
        if (AsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, JsonOutput.Options));
        }
        else
        {
            text(value);
        }
    }
}
