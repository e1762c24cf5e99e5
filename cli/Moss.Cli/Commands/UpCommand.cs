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
        var unlimited = new Option<bool>("--allow-unlimited-processes")
        {
            Description = "Run trials also where nothing can limit the number of their processes (as root without control groups)",
        };
        return new Command("up", "Run Moss in one process, in the foreground, on --url") { data, unlimited }.Runs(async (context, cancellationToken) =>
        {
            string[] arguments =
            [
                MossHome.Standalone, "--data", context.Get(data).FullName, "--urls", context.Url.ToString(),
                .. context.Get(unlimited) ? (string[])["--allow-unlimited-processes", "true"] : [],
            ];
            using var moss = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
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
