using System.Text.Json;

namespace Moss.CodingAgents.Roles;

/// <summary>
/// What one role is asked and what it must answer. The prompt template (<c>role.md</c>) and the report's JSON Schema
/// (<c>report.schema.json</c>) lie beside the typed report; this reads the report as strictly as the schema says.
/// </summary>
/// <typeparam name="TReport">The report as data.</typeparam>
public sealed class RoleSpec<TReport>
    where TReport : class
{
    private readonly Func<ReportReader, TReport> read;

    internal RoleSpec(Role role, Func<ReportReader, TReport> read, TReport? whenMissing = null)
    {
        (Role, this.read, WhenMissing) = (role, read, whenMissing);
        Template = RoleResources.Read($"{role}/role.md");
        Schema = RoleResources.Read($"{role}/report.schema.json");
        Version = RoleResources.VersionOf(Template, RoleResources.Again, RoleResources.Rules, Schema);
    }

    /// <summary>The role.</summary>
    public Role Role { get; }

    /// <summary>Prompt with <c>{{slots}}</c>.</summary>
    public string Template { get; }

    /// <summary>JSON Schema of the report.</summary>
    public string Schema { get; }

    /// <summary>
    /// Tells what was asked from what is asked since the texts were changed: twelve hexadecimal digits of a hash of the template, the texts
    /// for all roles and the schema.
    /// </summary>
    public string Version { get; }

    /// <summary>What no report at all means; null when a report is owed.</summary>
    public TReport? WhenMissing { get; }

    /// <summary>Reads a report. Never throws for what an agent wrote.</summary>
    public ReportCheck<TReport> Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new ReportCheck<TReport>.Malformed(["there is no report: write it to the report file or print it as the last ```json block"]);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var reader = new ReportReader(document.RootElement);
            var report = reader.Whole(read);
            return reader.Problems.Count == 0
                ? new ReportCheck<TReport>.Good(report)
                : new ReportCheck<TReport>.Malformed([.. reader.Problems]);
        }
        catch (JsonException notJson)
        {
            return new ReportCheck<TReport>.Malformed([$"the report is not JSON: {notJson.Message}"]);
        }
    }
}
