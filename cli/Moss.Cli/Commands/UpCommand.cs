using System.CommandLine;
using System.Diagnostics;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Commands;

internal static class UpCommand
{
    public static Command Create()
    {
        var data = DataFolder();
        return new Command("up", "Run Moss in one process, in the foreground, on --url") { data }.Runs(async (context, cancellationToken) =>
        {
            var start = new ProcessStartInfo("dotnet");
            foreach (var argument in new[] { MossHome.Standalone, "--data", context.Get(data).FullName, "--urls", context.Url.ToString() })
            {
                start.ArgumentList.Add(argument);
            }

            using var moss = Process.Start(start)!;
            await moss.WaitForExitAsync(cancellationToken);
            return moss.ExitCode;
        });
    }

    public static Option<DirectoryInfo> DataFolder() => new("--data")
    {
        Description = "Folder that holds everything Moss keeps (default: MOSS_DATA, then .moss)",
        DefaultValueFactory = _ => new(Environment.GetEnvironmentVariable("MOSS_DATA") ?? ".moss"),
    };
}
