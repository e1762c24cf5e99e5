using System.CommandLine;

namespace Moss.Cli.Features;

/// <summary>Options that every command takes.</summary>
internal static class Globals
{
    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON document instead of text", Recursive = true };

    public static Option<Uri> Url { get; } = new("--url")
    {
        Description = "Where Moss is (default: MOSS_URL, then http://127.0.0.1:8080)",
        Recursive = true,
        DefaultValueFactory = _ => new(Environment.GetEnvironmentVariable("MOSS_URL") ?? "http://127.0.0.1:8080"),
    };
}
