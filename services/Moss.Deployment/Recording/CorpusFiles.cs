using System.Globalization;
using System.Text;
using System.Text.Json;
using Moss.Domain.Corpus;
using Moss.EventStore;
using Moss.Workspaces;

namespace Moss.Deployment.Recording;

/// <summary>A corpus as it is kept in the substrate's repository.</summary>
internal static class CorpusFiles
{
    public const string Branch = "moss/corpus";

    private static readonly JsonSerializerOptions Json = new(StoredJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static OwedRecord Of(CorpusState corpus, DateTimeOffset at)
    {
        var scenarios = CorpusScenario.Of(corpus);
        return new OwedRecord(
            [
                new RecordFile("README.md", Readme(scenarios)),
                .. scenarios.Select(scenario => new RecordFile($"corpus/{scenario.Scenario}.json", JsonSerializer.Serialize(scenario, Json) + "\n")),
            ],
            new CommitMessage(Subject(corpus), "", []),
            at);
    }

    private static string Subject(CorpusState corpus)
    {
        var (all, quarantined) = (corpus.Entries.Values.Count(entry => !entry.IsDuplicate), corpus.Quarantined.Count());
        return $"{all} scenarios guard" + (quarantined > 0 ? $", {quarantined} of them quarantined" : "");
    }

    private static string Readme(IReadOnlyCollection<CorpusScenario> scenarios)
    {
        var text = new StringBuilder("""
            # Corpus

            Scenarios that guard this substrate: each is tried in every evolution whose batch does not name it. The scenarios themselves lie with the
            code; here is what Moss knows of them. What is quarantined passes and fails on one and the same version too often.

            | scenario | state | live | why |
            |---|---|---|---|

            """);
        foreach (var scenario in scenarios)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {scenario.Scenario} | {scenario.State} | {scenario.Live.Passed} of {scenario.Live.Trials} passed | {scenario.Why} |\n");
        }

        return text.ToString();
    }
}
