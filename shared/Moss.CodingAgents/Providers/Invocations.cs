using System.Collections.Immutable;
using System.Text;
using Moss.Processes;

namespace Moss.CodingAgents.Providers;

/// <summary>What the command lines of all providers have in common.</summary>
internal static class Invocations
{
    /// <summary>Bytes kept of what it prints: events repeat what files and tools said.</summary>
    private const int MostOutput = 16 * 1024 * 1024;

    /// <summary>
    /// For programs that run on Node.js: without it every WebAssembly module reserves ten gigabytes of addresses, more than a jail has
    /// where only addresses can be limited.
    /// </summary>
    public static (string, string) NodeInJail { get; } = ("NODE_OPTIONS", "--disable-wasm-trap-handler");

    /// <summary>A program in the work tree, with the prompt on its standard input: arguments are limited to 128 KiB.</summary>
    public static ProcessInvocation Of(
        Assignment assignment, string program, ImmutableArray<string> arguments, params (string Name, string Value)[] environment) => new(program, arguments)
        {
            WorkingDirectory = Assignment.WorkTree,
            Environment = environment.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
            StandardInput = Encoding.UTF8.GetBytes(assignment.Prompt),
            Timeout = assignment.Timeout,
            OutputLimit = MostOutput,
        };
}
