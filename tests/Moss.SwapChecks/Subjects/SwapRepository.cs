using System.Diagnostics;
using System.Globalization;

namespace Moss.SwapChecks.Subjects;

/// <summary>The repository of a service: a commit that runs, and candidates on top of it.</summary>
internal static class SwapRepository
{
    /// <summary>Makes it, and returns its commits with their trees: first the one that runs, then each candidate on top of the one before.</summary>
    public static IReadOnlyList<(string Commit, string Tree)> Make(string folder, SwapService service, SwapScenario scenario, string container, int candidates)
    {
        Directory.CreateDirectory(folder);
        Git(folder, "init", "-q", "-b", "main");
        File.WriteAllText(Path.Combine(folder, "moss.yaml"), Declaration(service, scenario, container));
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), "FROM scratch\n");
        var commits = new List<(string Commit, string Tree)>();
        for (var version = 0; version <= candidates; version++)
        {
            File.WriteAllText(Path.Combine(folder, "version"), string.Create(CultureInfo.InvariantCulture, $"{version}\n"));
            commits.Add((Commit(folder, version == 0 ? "Serve" : "Serve better"), Git(folder, "rev-parse", "HEAD^{tree}")));
        }

        Git(folder, "branch", "candidate");
        Git(folder, "reset", "-q", "--hard", commits[0].Commit);
        return commits;
    }

    private static string Declaration(SwapService service, SwapScenario scenario, string container) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{service.Name}}
        image: { dockerfile: Dockerfile }
        trial: { command: [sh, replay.sh] }
        deploy:
          swap:
            container: {{container}}
            snapshot: [{{(scenario.Snapshot ? service.State : "")}}]
            loses: ["**"]
          port: {{service.Port}}
          probes: [ tcp: {} ]
          interval: 100ms
          passes: 3
          window: {{scenario.WindowSeconds ?? service.WindowSeconds}}s
          minimumHealthy: {{scenario.MinimumHealthySeconds}}s

        """);

    private static string Commit(string folder, string message)
    {
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "-q", "-m", message);
        return Git(folder, "rev-parse", "HEAD");
    }

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed");
    }
}
