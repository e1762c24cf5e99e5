namespace Moss.Substrates.Reading;

/// <summary>The keys of <c>deploy.watch</c>.</summary>
internal static class WatchTable
{
    private const int LongestQuery = 4000;

    private static readonly Section<WatchLimits> Limits = new Section<WatchLimits>(new())
        .Optional("acceptable", Scalars.Number(0, 0.9, above: true), (limits, value) => limits with { Acceptable = value })
        .Optional("unacceptable", Scalars.Number(0, 0.99, above: true), (limits, value) => limits with { Unacceptable = value })
        .Optional("falseAlarm", Scalars.Number(0, 0.2, above: true), (limits, value) => limits with { FalseAlarm = value })
        .Optional("miss", Scalars.Number(0, 0.5, above: true), (limits, value) => limits with { Miss = value })
        .Rule(WatchChecks.RatesDiffer);

    private static readonly Section<WatchedMetric> Metric = new Section<WatchedMetric>(new("", "", "", ""))
        .Required("name", Scalars.Text(TextRules.NameText, "a name such as tasks"), (metric, value) => metric with { Name = value })
        .Required("url", Scalars.Text(Base, "an address such as http://127.0.0.1:9090"), (metric, value) => metric with { Url = value })
        .Required("failures", Scalars.Text(Query, "a query such as sum(tasks_failed_total)"), (metric, value) => metric with { Failures = value })
        .Required("total", Scalars.Text(Query, "a query such as sum(tasks_total)"), (metric, value) => metric with { Total = value });

    public static Section<WatchDeclaration> Watch { get; } = new Section<WatchDeclaration>(new())
        .Optional("for", Scalars.Duration("1s", "168h"), (watch, value) => watch with { For = value })
        .Optional("interval", Scalars.Duration("100ms", "10m"), (watch, value) => watch with { Interval = value })
        .Optional("limits", Limits.Reader(), (watch, value) => watch with { Limits = value })
        .Optional("minimumSamples", Scalars.Whole(1, 1_000_000), (watch, value) => watch with { MinimumSamples = value })
        .Optional("failuresInARow", Scalars.Whole(2, 100), (watch, value) => watch with { FailuresInARow = value })
        .Optional("recurrence", Scalars.Boolean, (watch, value) => watch with { Recurrence = value })
        .Optional("metrics", Metric.Reader().List("a list such as [{ name: tasks, url: \"http://127.0.0.1:9090\", failures: …, total: … }]"), (watch, value) => watch with { Metrics = value })
        .Rule(WatchChecks.ReadMoreThanOnce)
        .Rule(WatchChecks.NamesDiffer)
        .Rule(WatchChecks.RowsAreRare);

    private static (string, string)? Base(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) switch
    {
        true when address!.Scheme != Uri.UriSchemeHttp => ($"begins with {address.Scheme}:, and Moss reads metrics over http alone", "write http://host:port of the server"),
        true when address!.UserInfo.Length > 0 => ("has a user or a password in it", "write http://host:port without them"),
        true when address!.Query.Length > 0 || address.Fragment.Length > 0 => ("has more than a path", "write http://host:port, and the queries in failures and total"),
        true when address!.Host.Length > 0 => null,
        _ => ("is no address", "write http://host:port of the server"),
    };

    private static (string, string)? Query(string text) => text.Length is >= 1 and <= LongestQuery && !text.Contains('\0', StringComparison.Ordinal)
        ? null
        : ($"is no query of 1 to {LongestQuery} characters", "write one that answers one number, such as sum(tasks_total)");
}
