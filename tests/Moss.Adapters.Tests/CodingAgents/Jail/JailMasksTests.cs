using Moss.CodingAgents.Jail;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Jail;

public sealed class JailMasksTests
{
    private static readonly string[] Files =
    [
        ".claude/settings.json", ".mcp.json", "AGENTS.md", "moss.yaml", "scenarios/a.json", "scenarios/graders/g.py", "src/a.py",
        "src/deep/.opencode/plugin/p.js", "src/deep/CLAUDE.md", "src/vendor/one.py", "src/vendor/deep/two.py", "src/vendor2/x.py",
    ];

    private static bool IsProtected(string path) =>
        path == "moss.yaml" || path.StartsWith("scenarios/", StringComparison.Ordinal) || path.StartsWith("src/vendor/", StringComparison.Ordinal);

    [Fact]
    public void Scenarios_and_folders_that_steer_agents_are_shown_empty() =>
        JailMasks.Of(Files, "scenarios", IsProtected).HiddenFolders.ShouldBe([".claude", "scenarios", "src/deep/.opencode"]);

    [Fact]
    public void Files_that_steer_agents_are_shown_empty() =>
        JailMasks.Of(Files, "scenarios", IsProtected).HiddenFiles.ShouldBe([".mcp.json", "AGENTS.md", "src/deep/CLAUDE.md"]);

    [Fact]
    public void Protected_files_are_shut_and_wholly_protected_folders_as_a_whole() =>
        JailMasks.Of(Files, "scenarios", IsProtected).Shut.ShouldBe(["moss.yaml", "src/vendor"]);

    [Fact]
    public void Scenarios_below_another_folder_are_hidden_there() =>
        JailMasks.Of(["eval/cases/a.json", "eval/run.py"], "eval/cases/", _ => false).HiddenFolders.ShouldBe(["eval/cases"]);

    [Fact]
    public void Links_of_a_work_tree_are_never_mounted()
    {
        using var folder = new TemporaryFolder();
        folder.Write("src/a.py", "x");
        Directory.CreateSymbolicLink(folder.Combine("away"), "/etc");
        File.CreateSymbolicLink(folder.Combine("moss.yaml"), "/etc/hostname");

        WorkTreeFiles.List(folder.Path).ShouldBe(["src/a.py"]);
    }

    [Fact]
    public void Repositories_within_a_work_tree_are_found_and_links_are_not_followed()
    {
        using var outside = new TemporaryFolder();
        outside.Write(".git/config", "x");
        using var folder = new TemporaryFolder();
        folder.Write("src/.git/config", "x");
        folder.Write("lib/.GIT", "gitdir: /elsewhere");
        folder.Write("docs/git", "x");
        Directory.CreateSymbolicLink(folder.Combine("away"), outside.Path);

        WorkTreeFiles.Repositories(folder.Path).ShouldBe(["lib/.GIT", "src/.git"]);
    }
}
