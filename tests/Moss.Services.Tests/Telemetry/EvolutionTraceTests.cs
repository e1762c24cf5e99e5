using System.Diagnostics;
using Moss.ServiceDefaults.Telemetry;

namespace Moss.Services.Tests.Telemetry;

public sealed class EvolutionTraceTests
{
    private static readonly Guid Evolution = Guid.Parse("01a202b5-de91-7e39-bd23-6a34b5c0a4e6");

    [Fact]
    public void The_trace_of_an_evolution_bears_its_id() =>
        EvolutionTrace.IdOf(Evolution).ToHexString().ShouldBe("01a202b5de917e39bd236a34b5c0a4e6");

    [Fact]
    public void Spans_that_begin_apart_are_in_one_trace_under_one_parent()
    {
        using var listening = Listen();

        using var one = EvolutionTrace.Begin("dispatch", Evolution, ActivityKind.Producer);
        one!.Stop();
        using var other = EvolutionTrace.Begin("dispatch", Evolution, ActivityKind.Producer);

        other!.TraceId.ShouldBe(EvolutionTrace.IdOf(Evolution));
        (other.TraceId, other.ParentSpanId).ShouldBe((one.TraceId, one.ParentSpanId));
        other.SpanId.ShouldNotBe(one.SpanId);
    }

    [Fact]
    public void Spans_within_others_are_their_children()
    {
        using var listening = Listen();

        using var stage = EvolutionTrace.Begin("stage", Evolution);
        using var trial = EvolutionTrace.Begin("trial");

        trial!.ParentSpanId.ShouldBe(stage!.SpanId);
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EvolutionTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
