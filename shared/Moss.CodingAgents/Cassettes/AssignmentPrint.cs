using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Moss.CodingAgents.Jail;
using Moss.CodingAgents.Roles;
using Moss.Substrates;

namespace Moss.CodingAgents.Cassettes;

/// <summary>
/// What an agent was asked, as far as it can tell: nothing of when, where or under which stage key. Two calls with one
/// <see cref="Hash"/> are the same call.
/// </summary>
/// <param name="Role">Its word.</param>
/// <param name="Prompt">Whole.</param>
/// <param name="Schema">Of the report.</param>
/// <param name="Files">
/// SHA-256 of the regular files of the work tree that its jail shows, by path relative to it. The declaration is not among them: it says who
/// plays which role, and would not be the same when it names <c>replay</c>. What of it matters to an agent is in its prompt.
/// </param>
/// <param name="Scenarios">The same of the batch's scenarios.</param>
internal sealed record AssignmentPrint(
    string Role, string Prompt, string Schema, ImmutableSortedDictionary<string, string> Files, ImmutableSortedDictionary<string, string> Scenarios)
{
    /// <summary>Of everything.</summary>
    [JsonPropertyOrder(-1)]
    public string Hash => Digest.Of(Role, Prompt, Schema, Tree, Whole(Scenarios));

    /// <summary>Of the work tree.</summary>
    public string Tree => Whole(Files);

    /// <summary>Looks at what the agent is about to see.</summary>
    public static AssignmentPrint Of(Assignment assignment, JailLayout layout) => new(
        assignment.Role.Word(), assignment.Prompt, assignment.ReportSchema,
        Print(layout.WorkTree, WorkTreeFiles.List(layout.WorkTree).Where(file => file != SubstrateReader.FileName && !IsHidden(file, layout.Masks))),
        Print(ScenarioFolder(layout), WorkTreeFiles.List(ScenarioFolder(layout))));

    private static string ScenarioFolder(JailLayout layout) => Path.Combine(layout.Session, "task", "scenarios");

    private static bool IsHidden(string file, JailMasks masks) =>
        masks.HiddenFiles.Contains(file) || masks.HiddenFolders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal));

    private static ImmutableSortedDictionary<string, string> Print(string folder, IEnumerable<string> files) =>
        files.ToImmutableSortedDictionary(file => file, file => Hashed(Path.Combine(folder, file)), StringComparer.Ordinal);

    /// <summary>A pipe that an agent left would never end when read, and has no length.</summary>
    private static string Hashed(string file)
    {
        if (new FileInfo(file).Length == 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData([]));
        }

        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string Whole(ImmutableSortedDictionary<string, string> files) => Digest.Of(files.SelectMany(file => (string[])[file.Key, file.Value]));
}
