using System.CommandLine;
using Moss.Cli.Doctor;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

/// <summary>What Moss needs, the agents that it may use, and how the oversight of what it promotes stands; null where no Moss answers.</summary>
internal sealed record Diagnosis(IReadOnlyList<Need> Needs, IReadOnlyList<AgentNeed> Agents, IReadOnlyList<OversightNeed>? Oversight);

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
        var needs = new List<Need>();
        foreach (var (name, command, fix) in Needs)
        {
            var line = await Asking.FirstLineAsync(command[0], command[1..], cancellationToken);
            needs.Add(new(name, line is not null, line ?? "", fix));
        }

        var settings = AgentPrograms.Settings();
        var agents = AgentNeeds.Of(await AgentPrograms.VersionsAsync(settings, cancellationToken), settings, AgentPrograms.IsReadable);
        var oversight = await OversightAsking.AskAsync(context.Client, cancellationToken);
        context.Show(new Diagnosis(needs, agents, oversight), found => Print(context, found));
        return needs.All(need => need.Found) && AgentNeeds.Hold(agents) && OversightNeeds.Hold(oversight ?? []) ? ExitCodes.Done : ExitCodes.Refused;
    });

    private static void Print(CommandContext context, Diagnosis found)
    {
        context.Screen.Table(["needs", "found", "fix"], found.Needs.Select(row => new[] { row.Name, row.Found ? row.Version : "missing", row.Found ? "" : row.Fix }));
        context.Screen.Line("coding agents; for every way to a model that is configured, one has to be whole");
        context.Screen.Table(
            ["agent", "found", "model by way of", "missing", "fix"],
            found.Agents.Select(row => new[] { row.Name, row.Version ?? "no", row.Upstream, row.Problem ?? "nothing", row.Fix }));
        if (found.Oversight is not { } oversight)
        {
            context.Screen.Line($"nothing is known of oversight: no Moss answers at {context.Url}");
        }
        else if (oversight.Count > 0)
        {
            context.Screen.Table(["oversight of", "standing", "problem", "fix"], oversight.Select(row => new[] { row.Substrate, row.Standing, row.Problem ?? "nothing", row.Fix }));
        }
    }
}
