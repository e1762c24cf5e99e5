using System.CommandLine;
using System.Diagnostics;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

internal sealed record Need(string Name, bool Found, string Version, string Fix);

internal static class DoctorCommand
{
    private static readonly (string Name, string[] Command, string Fix)[] Needs =
    [
        ("dotnet", ["dotnet", "--version"], "install the .NET 10 SDK"),
        ("git", ["git", "--version"], "sudo apt-get install git"),
        ("bwrap", ["bwrap", "--version"], "sudo apt-get install bubblewrap"),
        ("sandbox", ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "echo", "works"],
            "let this user make namespaces: sysctl -w kernel.unprivileged_userns_clone=1, or run the container with --privileged"),
        ("prlimit", ["prlimit", "--version"], "sudo apt-get install util-linux"),
        ("python3", ["python3", "--version"], "sudo apt-get install python3"),
    ];

    public static Command Create() => new Command("doctor", "Say what this machine has and lacks").Runs(async (context, cancellationToken) =>
    {
        var found = new List<Need>();
        foreach (var (name, command, fix) in Needs)
        {
            found.Add(await LookAsync(name, command, fix, cancellationToken));
        }

        context.Show(found, rows => context.Screen.Table(
            ["needs", "found", "fix"], rows.Select(row => new[] { row.Name, row.Found ? row.Version : "missing", row.Found ? "" : row.Fix })));
        return found.All(need => need.Found) ? ExitCodes.Done : ExitCodes.Refused;
    });

    private static async Task<Need> LookAsync(string name, string[] command, string fix, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(name, process.ExitCode == 0, output.Trim().Split('\n')[0], fix);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(name, false, "", fix);
        }
    }
}
