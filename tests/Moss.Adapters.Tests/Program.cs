using System.Collections.Immutable;
using Moss.Adapters.Tests.Containers;
using Moss.Adapters.Tests.Processes;
using Moss.Adapters.Tests.Sandboxes;
using Moss.Processes;

namespace Moss.Adapters.Tests;

/// <summary>The other life of this assembly: a process that a test starts in order to kill it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["sandbox", var folder, var mark] => await SandboxHost.RunAsync(folder, mark),
        ["container", var socket, var image, var folder, var mark] => await ContainerHost.RunAsync(socket, image, folder, mark),
        ["service", var folder, var mark] => await ServiceHost.RunAsync(folder, mark),
        _ => 2,
    };

    /// <summary>How a test starts it.</summary>
    public static ProcessInvocation Start(params ReadOnlySpan<string> arguments) =>
        new(DotNet(), ["exec", typeof(Program).Assembly.Location, .. arguments])
        {
            Environment = ImmutableSortedDictionary<string, string>.Empty
                .Add("PATH", ProgramPath.Inherited)
                .Add("HOME", "/tmp")
                .Add("DOTNET_ROOT", Path.GetDirectoryName(DotNet())!),
        };

    // The tests themselves run in it, whether it is on the PATH or not.
    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : ProgramPath.Find("dotnet", ProgramPath.Inherited) ?? "dotnet";
}
