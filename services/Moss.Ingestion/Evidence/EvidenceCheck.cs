using Moss.Ingestion.Substrates;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evidence;

/// <summary>What is wrong with a report, item by item, before anything of it is stored.</summary>
internal static class EvidenceCheck
{
    private const int MaximumText = 20_000;

    private static readonly string[] Sources = ["session", "api", "user", "trace"];

    public static IEnumerable<RequestProblem> Shape(EvidenceReport report, IngestionOptions options)
    {
        if (report.Items.Count == 0 || report.Items.Count > options.MaximumItems)
        {
            return [new("items", $"there are {report.Items.Count} items", $"send 1 to {options.MaximumItems} items in one request")];
        }

        return report.Items.SelectMany((item, index) => Shape(item, $"items[{index}]", options));
    }

    private static IEnumerable<RequestProblem> Shape(EvidenceItem? item, string at, IngestionOptions options)
    {
        if (item is null)
        {
            yield return new(at, "the item is null", "send an object");
            yield break;
        }

        if (!SubstrateName.IsValid(item.Substrate))
        {
            yield return new($"{at}.substrate", $"'{item.Substrate}' is no substrate name", "use 1 to 40 of a-z 0-9 -");
        }

        if (string.IsNullOrWhiteSpace(item.Scenario))
        {
            yield return new($"{at}.scenario", "no scenario is named", "name the scenario that replays the failure");
        }

        if (item.Source is not null && !Sources.Contains(item.Source))
        {
            yield return new($"{at}.source", $"'{item.Source}' is no source", $"use one of {string.Join(", ", Sources)}");
        }

        if (item.OccurredAt is null)
        {
            yield return new($"{at}.occurredAt", "it is not said when it happened", "send an ISO 8601 time with an offset");
        }

        if (item.Transcript?.Length > options.MaximumTranscript)
        {
            yield return new(
                $"{at}.transcript", $"the transcript has {item.Transcript.Length} characters, more than {options.MaximumTranscript}",
                "send the part around the failure");
        }

        foreach (var (field, text) in new[] { ("complaint", item.Complaint), ("expected", item.Expected) })
        {
            if (text?.Length > MaximumText)
            {
                yield return new($"{at}.{field}", $"it has {text.Length} characters, more than {MaximumText}", "shorten it");
            }
        }
    }
}
