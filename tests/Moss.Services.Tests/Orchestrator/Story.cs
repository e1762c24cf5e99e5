using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Given these events, when these messages come, then those events are recorded: and nothing else.</summary>
internal sealed class Story(SagaBench bench)
{
    private readonly List<object> given = [];
    private readonly List<(object Message, Guid Id)> messages = [];

    public Story Given(params IEnumerable<object> events)
    {
        given.AddRange(events);
        return this;
    }

    public Story When(params IEnumerable<object> several)
    {
        messages.AddRange(several.Select(message => (message, Guid.NewGuid())));
        return this;
    }

    /// <summary>The same message is delivered a second time.</summary>
    public Story WhenTwice(object message)
    {
        (object, Guid) delivery = (message, Guid.NewGuid());
        messages.AddRange([delivery, delivery]);
        return this;
    }

    /// <summary>Tells the story; an expectation that is text is the name of an event whatever it says.</summary>
    /// <returns>The evolution as it stands then.</returns>
    public async Task<EvolutionState> ThenAsync(EvolutionFacts facts, params object[] expected)
    {
        await bench.GiveAsync(facts.Id, given);
        foreach (var (message, id) in messages)
        {
            await bench.SendAsync(message, id);
        }

        var recorded = (await bench.ReadAsync(facts.Id, given.Count)).Select(stored => stored.Data).ToList();
        if (recorded.Count != expected.Length || !recorded.Zip(expected).All(pair => IsAsExpected(pair.First, pair.Second)))
        {
            Assert.Fail(Tell(recorded, expected));
        }

        return (await bench.Streams.LoadAsync(facts.Id, CancellationToken.None))?.State ?? EvolutionState.Empty;
    }

    private static bool IsAsExpected(object recorded, object expected) =>
        expected is string name ? NameOf(recorded) == name : Text(recorded) == Text(expected);

    private string Tell(List<object> recorded, object[] expected) => string.Join(
        '\n',
        [
            "The story did not end as told.",
            "Given", .. given.Select(Text),
            "When", .. messages.Select(entry => $"  {entry.Message}"),
            "Then expected", .. expected.Select(Text),
            "But recorded", .. recorded.Select(Text),
        ]);

    private static string Text(object @event) => @event is string name ? $"  {name} ..." : $"  {NameOf(@event)} {EventCatalog.Encode(@event)}";

    private static string NameOf(object @event) => SagaBench.Catalog.NameOf(@event);
}
