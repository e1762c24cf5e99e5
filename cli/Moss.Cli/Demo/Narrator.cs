using System.Globalization;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Output;

namespace Moss.Cli.Demo;

/// <summary>Tells the demo to a person; says nothing when JSON was asked for.</summary>
internal sealed class Narrator(Screen screen, bool silent)
{
    public void Chapter(string title) => Unless(() => screen.Rule(title));

    public void Say(string line) => Unless(() => screen.Line(line));

    public void Tell(TimelineEntry entry)
    {
        if (Story.Tell(entry) is { } line)
        {
            Say($"{entry.At:HH:mm:ss} {line}");
        }
    }

    public void Complaints(BatchView batch) => Unless(() => screen.Table(
        ["scenario", "what the user said"], batch.Evidence.Select(item => new[] { item.Scenario, Shorten(item.Complaint) })));

    public void Result(EvolutionView view, string diff) => Unless(() =>
    {
        screen.Rule("What changed");
        ScenarioTable.Print(screen, view.ScenarioResults);
        screen.Diff(diff);
        screen.Line($"verdict: {view.Ruling?.Verdict}: {view.Ruling?.Detail}");
    });

    public bool Ask(ConsentView question) =>
        !silent && screen.Ask($"Promote commit {question.Commit[..8]} of {question.Substrate} (+{question.Insertions} -{question.Deletions})?");

    public void Close(DemoReport report, AuditView audit, JsonElement deployment) => Unless(() =>
    {
        screen.Rule(report switch { { Promoted: true } => "Promoted", { RolledBack: true } => "Rolled back", _ => "Not promoted" });
        foreach (var entry in deployment.GetProperty("history").EnumerateArray())
        {
            screen.Line($"  {entry.GetProperty("at").GetDateTimeOffset():HH:mm:ss} {entry.GetProperty("event")} {Detail(entry)}");
        }

        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"mean score {report.BaselineMean:0.00} -> {report.CandidateMean:0.00}, p = {report.PValue:0.##E+0}, {report.DurationSeconds:0.0} s in all"));
        screen.Line($"serving {report.VersionAfter} (before: {report.VersionBefore}); state {(report.StateKept ? "kept" : "LOST")}");
        screen.Line($"trials by runner: {string.Join(", ", report.TrialsPerRunner.OrderBy(runner => runner.Key, StringComparer.Ordinal).Select(runner => $"{runner.Key} {runner.Value}"))}");
        screen.Line($"audit: {audit.Events} events in {audit.Streams} streams, {(audit.Ok ? "nothing was changed" : "HISTORY WAS CHANGED")}");
        screen.Line($"look at: git -C {report.Repository} log -p moss/evolved");
        if (report.Data is { } data)
        {
            screen.Line($"         {data}/moss/logs");
            screen.Line($"         ./moss up --data {data}/moss, then ./moss audit verify");
        }
    });

    private static string Detail(JsonElement entry) => entry.TryGetProperty("detail", out var detail) ? detail.ToString() : "";

    private static string Shorten(string text) => text.Length <= 90 ? text : text[..87] + "...";

    private void Unless(Action print)
    {
        if (!silent)
        {
            print();
        }
    }
}
