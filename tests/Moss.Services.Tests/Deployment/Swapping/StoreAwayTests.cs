using Moss.Contracts.Deployment;
using Moss.EventStore;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The event store goes away between what was done and its record, at every one of them; what is seen then decides.</summary>
[Collection(DockerCollection.Name)]
[Trait("Duration", "long")]
public sealed class StoreAwayTests(DockerUnderTest docker)
{
    [Theory]
    [InlineData("better", true, true)]
    [InlineData("better", true, false)]
    [InlineData("boot", false, true)]
    [InlineData("boot", false, false)]
    public async Task The_end_is_the_same_and_nothing_is_done_that_cannot_be_written_down(string behaviour, bool promoted, bool readable)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: new SwapTarget { Snapshot = ["/state"] });
        var before = await subject.IdAsync();
        var outage = new Outage(subject.World.Around, readable);
        var command = await subject.World.ImageCommandAsync(subject.World.Version(behaviour));
        await using var moss = subject.World.Moss();

        var answer = await moss.PromoteInTheEndAsync(command);

        outage.Times.ShouldBeGreaterThan(30);
        outage.Changes.ShouldBeEmpty();
        (answer is CandidatePromoted).ShouldBe(promoted, answer.ToString());
        await subject.AssertOneAsync(promoted ? behaviour : "healthy");
        await subject.AssertArmedAsync();
        (await subject.StartsAsync()).ShouldBe(promoted ? ["healthy", behaviour] : ["healthy", "healthy"]);
        (await subject.IdAsync() == before).ShouldBe(!promoted);
    }

    /// <summary>Each kind of event is refused twice before the store takes it.</summary>
    private sealed class Outage
    {
        private readonly Dictionary<string, int> refused = new(StringComparer.Ordinal);
        private readonly bool readable;
        private bool unreadable;
        private bool away;

        public Outage(Surroundings around, bool readable)
        {
            this.readable = readable;
            (around.Appends, around.Reads) = (AppendAsync, Read);
            around.Engine = (change, effect) =>
            {
                Changes.AddRange(away ? [change] : []);
                return effect();
            };
        }

        /// <summary>How often it was away.</summary>
        public int Times { get; private set; }

        /// <summary>What was changed at the engine while it was.</summary>
        public List<EngineChange> Changes { get; } = [];

        private Task<long> AppendAsync(IReadOnlyList<NewEvent> events, Func<Task<long>> append)
        {
            var kind = string.Join(' ', events.Select(Surroundings.Told));
            refused[kind] = refused.GetValueOrDefault(kind) + 1;
            away = unreadable = refused[kind] <= 2;
            return away ? throw Gone() : append();
        }

        // One that is away altogether is not read either; one whose disk is full is.
        private void Read()
        {
            if (unreadable && !readable)
            {
                away = unreadable = false;
                throw Gone();
            }
        }

        private IOException Gone()
        {
            Times++;
            return new IOException("the event store is away");
        }
    }
}
