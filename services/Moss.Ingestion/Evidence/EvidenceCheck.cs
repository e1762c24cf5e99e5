using Moss.Ingestion.Substrates;
using Moss.Replays.Reading;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evidence;

/// <summary>What is wrong with a report, item by item, before anything of it is stored.</summary>
internal static class EvidenceCheck
{
    private const int MaximumText = 20_000;
    private const int MaximumId = 200;

    private static readonly string[] Sources = ["session", "api", "user", "trace"];
    private static readonly string[] Failures = ["agent", "environment"];

    public static IEnumerable<RequestProblem> Shape(EvidenceReport report, IngestionOptions options)
    {
        if (report.Items.Count == 0 || report.Items.Count > options.MaximumItems)
        {
            return [new("items", $"there are {report.Items.Count} items", $"send 1 to {options.MaximumItems} items in one request")];
        }

        return report.Items.SelectMany((item, index) => Shape(item, $"items[{index}]", options));
    }

    public static RequestProblem? Key(string? idempotencyKey) =>
        idempotencyKey is null || (idempotencyKey.Length <= MaximumId && !string.IsNullOrWhiteSpace(idempotencyKey))
            ? null
            : new("Idempotency-Key", $"the key has {idempotencyKey.Length} characters", $"send 1 to {MaximumId} characters that no other report has, or no key");

    private static IEnumerable<RequestProblem> Shape(EvidenceItem item, string at, IngestionOptions options)
    {
        if (!SubstrateName.IsValid(item.Substrate))
        {
            yield return new($"{at}.substrate", Said(item.Substrate, "no substrate"), "use 1 to 40 of a-z 0-9 -");
        }

        if (item.Scenario is null || !ScenarioId.IsValid(item.Scenario))
        {
            yield return new($"{at}.scenario", Said(item.Scenario, "no scenario"), "name the scenario that replays the failure");
        }

        if (item.Source is not null && !Sources.Contains(item.Source))
        {
            yield return new($"{at}.source", Said(item.Source, "no source"), $"use one of {string.Join(", ", Sources)}");
        }

        if (item.Failure is not null && !Failures.Contains(item.Failure))
        {
            yield return new($"{at}.failure", Said(item.Failure, "no kind of failure"), $"use one of {string.Join(", ", Failures)}");
        }

        if (item.OccurredAt is null)
        {
            yield return new($"{at}.occurredAt", "it is not said when it happened", "send an ISO 8601 time with an offset");
        }

        (string Field, string? Text, int Maximum, string Fix)[] texts =
        [
            ("sessionId", item.SessionId, MaximumId, "shorten it"), ("userId", item.UserId, MaximumId, "shorten it"),
            ("complaint", item.Complaint, MaximumText, "shorten it"), ("expected", item.Expected, MaximumText, "shorten it"),
            ("transcript", item.Transcript, options.MaximumTranscript, "send the part around the failure"),
        ];
        foreach (var (field, text, maximum, fix) in texts)
        {
            if (text?.Length > maximum)
            {
                yield return new($"{at}.{field}", $"it has {text.Length} characters, more than {maximum}", fix);
            }
        }
    }

    private static string Said(string? text, string what) => string.IsNullOrEmpty(text) ? $"{what} is named" : $"'{ItemReader.Cut(text)}' is {what}";
}
