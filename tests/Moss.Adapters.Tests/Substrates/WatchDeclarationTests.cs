using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class WatchDeclarationTests
{
    private const string Tasks = "{ name: tasks, url: \"http://127.0.0.1:9090\", failures: \"sum(failed)\", total: \"sum(all)\" }";

    [Fact]
    public void Nobody_watches_where_nothing_is_said() => Declared("").ShouldBeNull();

    [Fact]
    public void An_empty_section_watches_for_an_hour_with_the_published_error_rates()
    {
        var watch = Declared("watch: {}")!;

        (watch.For, watch.Interval, watch.MinimumSamples, watch.FailuresInARow, watch.Recurrence, watch.Metrics.Length)
            .ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), 50, 4, true, 0));
        (watch.Limits.Acceptable, watch.Limits.Unacceptable, watch.Limits.FalseAlarm, watch.Limits.Miss).ShouldBe((0.05, 0.2, 0.01, 0.1));
    }

    [Fact]
    public void Everything_that_is_written_is_taken()
    {
        var watch = Declared($"watch: {{ for: 2h, interval: 1m, limits: {{ acceptable: 0.01, unacceptable: 0.1, falseAlarm: 0.02, miss: 0.2 }}, minimumSamples: 9, failuresInARow: 5, recurrence: false, metrics: [{Tasks}] }}")!;

        watch.Limits.ShouldBe(new WatchLimits { Acceptable = 0.01, Unacceptable = 0.1, FalseAlarm = 0.02, Miss = 0.2 });
        (watch.For, watch.Interval, watch.MinimumSamples, watch.FailuresInARow, watch.Recurrence)
            .ShouldBe((TimeSpan.FromHours(2), TimeSpan.FromMinutes(1), 9, 5, false));
        watch.Metrics.ShouldBe([new WatchedMetric("tasks", "http://127.0.0.1:9090", "sum(failed)", "sum(all)")]);
    }

    [Theory]
    [InlineData("for: 0s", "for", "from 1s to 168h")]
    [InlineData("for: 40s", "for", "raise for")]
    [InlineData("interval: 1h", "interval", "from 100ms to 10m")]
    [InlineData("limits: { acceptable: 0.2 }", "limits.acceptable", "smaller share")]
    [InlineData("limits: { acceptable: 0.3, unacceptable: 0.25 }", "limits.acceptable", "larger unacceptable")]
    [InlineData("limits: { acceptable: 0 }", "limits.acceptable", "above 0")]
    [InlineData("limits: { falseAlarm: 0.5 }", "limits.falseAlarm", "up to 0.2")]
    [InlineData("limits: { miss: 0 }", "limits.miss", "above 0")]
    [InlineData("minimumSamples: 0", "minimumSamples", "from 1")]
    [InlineData("failuresInARow: 1", "failuresInARow", "from 2 to 100")]
    [InlineData("recurrence: sometimes", "recurrence", "true or false")]
    [InlineData("metrics: [{ name: a, url: \"http://m\", failures: f }]", "metrics[0].total", "add total")]
    [InlineData("metrics: [{ name: A, url: \"http://m\", failures: f, total: t }]", "metrics[0].name", "a-z")]
    [InlineData("metrics: [{ name: a, url: \"https://m\", failures: f, total: t }]", "metrics[0].url", "http://host:port")]
    [InlineData("metrics: [{ name: a, url: \"file:///etc/passwd\", failures: f, total: t }]", "metrics[0].url", "http://host:port")]
    [InlineData("metrics: [{ name: a, url: \"http://ann:key@m\", failures: f, total: t }]", "metrics[0].url", "without them")]
    [InlineData("metrics: [{ name: a, url: \"http://m/?query=up\", failures: f, total: t }]", "metrics[0].url", "the queries in failures and total")]
    [InlineData("metrics: [{ name: a, url: m, failures: f, total: t }]", "metrics[0].url", "http://host:port")]
    [InlineData("metrics: [{ name: a, url: \"http://m\", failures: \"\", total: t }]", "metrics[0].failures", "sum(tasks_total)")]
    [InlineData("metric: []", "metric", "did you mean metrics?")]
    public void What_is_wrong_is_named_with_the_fix(string members, string field, string fix)
    {
        var problem = Readings.Problem(Deploy($"watch: {{ {members} }}"));

        problem.Field.ShouldBe($"deploy.watch.{field}");
        problem.Fix.ShouldContain(fix);
    }

    [Fact]
    public void Two_metrics_have_two_names() =>
        Readings.Problem(Deploy($"watch: {{ metrics: [{Tasks}, {Tasks}] }}")).Problem.ShouldContain("two metrics with the name tasks");

    [Fact]
    public void A_row_of_failures_that_comes_by_chance_is_refused_with_one_that_does_not()
    {
        var problem = Readings.Problem(Deploy($"watch: {{ limits: {{ acceptable: 0.1 }}, metrics: [{Tasks}] }}"));

        problem.Field.ShouldBe("deploy.watch.failuresInARow");
        problem.Problem.ShouldContain("by chance with 9%, more often than limits.falseAlarm");
        problem.Fix.ShouldContain("write 5 or more");
    }

    private static string Deploy(string watch) => $"deploy:\n  command: [run]\n  probes: [exec: {{ command: [check] }}]\n  {watch}\n";

    private static WatchDeclaration? Declared(string watch) => Readings.Declared(Readings.Minimal + Deploy(watch)).Declaration.Deploy!.Watch;
}
