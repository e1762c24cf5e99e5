using System.Collections.Immutable;
using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Localisation;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class LocalisationTests
{
    [Fact]
    public void The_line_that_only_failing_scenarios_run_is_most_suspicious()
    {
        var spectrum = Spectrum.Of([Ran("fails", 0, 1, 2, 3), Ran("passes", 1, 1, 2, 4)]);
        spectrum.Lines.Select(l => l.Line).ShouldBe([3, 1, 2]);
        spectrum.At("a.py", 3).ShouldBe(1);
        spectrum.At("a.py", 4).ShouldBe(0);
        spectrum.At("a.py", 1).ShouldBe(1 / Math.Sqrt(2), 1e-9);
    }

    [Fact]
    public void When_everything_fails_a_better_score_is_half_a_pass()
    {
        var spectrum = Spectrum.Of([Ran("worse", 0, 1, 2), Ran("better", 0.75, 1, 3)]);
        spectrum.At("a.py", 2).ShouldBeGreaterThan(spectrum.At("a.py", 3));
    }

    [Fact]
    public void Without_coverage_every_line_is_as_suspicious_as_any_other()
    {
        var spectrum = Spectrum.Of([new TryResult("fails", "failed", 0, "", 1)]);
        spectrum.IsKnown.ShouldBeFalse();
        spectrum.At("a.py", 17).ShouldBe(1);
    }

    [Fact]
    public void A_crash_is_where_the_innermost_known_file_is()
    {
        const string Trace = """
            Traceback (most recent call last):
              File "/moss/source/app/main.py", line 3, in <module>
                run()
              File "/moss/source/app/desk.py", line 12, in run
                row.name
              File "/usr/lib/python3.11/json/decoder.py", line 99, in decode
            AttributeError: 'NoneType' object has no attribute 'name'
            """;
        var result = new TryResult("one", "crashed", 0, "", 1) { Trace = new ReplayTrace("", Trace, "", "") };
        Crash.Of([result], ["app/main.py", "app/desk.py"])
            .ShouldBe([new Crash("app/desk.py", 12, "AttributeError: 'NoneType' object has no attribute 'name'")]);
    }

    [Theory]
    [InlineData("AttributeError: 'NoneType' object has no attribute 'x'", "condition", "a is None or ")]
    [InlineData("IndexError: list index out of range", "off-by-one", "i - 1")]
    [InlineData("RecursionError: maximum recursion depth exceeded", "order", "b")]
    public void An_error_prefers_what_answers_it(string error, string template, string text)
    {
        var crash = new Crash("a.py", 2, error);
        CrashHints.Of(crash, Change(template, text, 2)).ShouldBeGreaterThan(CrashHints.Of(crash, Change("name", "z", 2)));
        CrashHints.Of(crash, Change(template, text, 3)).ShouldBe(0);
    }

    private static Mutant Change(string template, string text, int line) => new("a.py", [new Edit(0, 1, text)], template, 1, line, line, "", "");

    private static TryResult Ran(string id, double score, params int[] lines) => new(id, score >= 1 ? "passed" : "failed", score, "", 1)
    {
        Coverage = ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty.Add("a.py", [.. lines]),
    };
}
