using System.Text.Json;
using Moss.Artifacts;

namespace Moss.Adapters.Tests.Artifacts;

/// <summary>What every stage ledger promises.</summary>
public abstract class StageLedgerConformance
{
    private const string Key = "0198aa0000007000800000000000000f.i1.implement.r2";

    public enum Outcome
    {
        Passed,
        Failed,
    }

    protected abstract IStageLedger Ledger { get; }

    [Fact]
    public async Task Work_that_was_never_finished_has_no_answer() =>
        (await Ledger.FindAsync<Answer>(Key, CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task An_answer_comes_back_as_it_was()
    {
        var answer = new Answer("naïve ✓", Outcome.Failed, null, [1.5, -2], JsonSerializer.SerializeToElement(new { a = new[] { 1, 2 } }));

        var kept = await Ledger.KeepAsync(Key, answer, CancellationToken.None);
        var found = (await Ledger.FindAsync<Answer>(Key, CancellationToken.None)).ShouldNotBeNull();

        foreach (var copy in new[] { kept, found })
        {
            (copy.Text, copy.Outcome, copy.Note).ShouldBe((answer.Text, answer.Outcome, null));
            copy.Scores.ShouldBe(answer.Scores);
            JsonElement.DeepEquals(copy.Body, answer.Body).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_first_answer_wins()
    {
        await Ledger.KeepAsync(Key, Saying("first"), CancellationToken.None);

        (await Ledger.KeepAsync(Key, Saying("second"), CancellationToken.None)).Text.ShouldBe("first");
        (await Ledger.FindAsync<Answer>(Key, CancellationToken.None)).ShouldNotBeNull().Text.ShouldBe("first");
    }

    [Fact]
    public async Task Of_many_answers_at_once_all_hear_the_same_one()
    {
        var heard = await Task.WhenAll(Enumerable.Range(0, 24).Select(index => Task.Run(
            () => Ledger.KeepAsync(Key, Saying($"answer {index}"), CancellationToken.None))));

        heard.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await Ledger.FindAsync<Answer>(Key, CancellationToken.None)).ShouldNotBeNull().Text.ShouldBe(heard[0].Text);
    }

    [Theory]
    [InlineData("0198.i1.trials.r0/orders late/3")]
    [InlineData("../../../etc/passwd")]
    [InlineData("KEY")]
    [InlineData("key")]
    [InlineData("ключ ✓ \n\0")]
    public async Task Any_text_is_a_key_of_its_own(string key)
    {
        await Ledger.KeepAsync(Key, Saying("other"), CancellationToken.None);
        await Ledger.KeepAsync(key.ToLowerInvariant() + key.ToUpperInvariant(), Saying("other"), CancellationToken.None);

        await Ledger.KeepAsync(key, Saying("mine"), CancellationToken.None);

        (await Ledger.FindAsync<Answer>(key, CancellationToken.None)).ShouldNotBeNull().Text.ShouldBe("mine");
    }

    [Fact]
    public async Task A_key_may_be_long()
    {
        var key = new string('k', 5000);
        await Ledger.KeepAsync(key, Saying("mine"), CancellationToken.None);

        (await Ledger.FindAsync<Answer>(key, CancellationToken.None)).ShouldNotBeNull().Text.ShouldBe("mine");
        (await Ledger.FindAsync<Answer>(key + "k", CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_key_is_refused(string key) =>
        await Should.ThrowAsync<ArgumentException>(() => Ledger.KeepAsync(key, Saying("nothing"), CancellationToken.None));

    [Fact]
    public async Task An_answer_of_another_shape_is_not_read()
    {
        await Ledger.KeepAsync(Key, new Other(["not a text"]), CancellationToken.None);

        await Should.ThrowAsync<InvalidDataException>(() => Ledger.FindAsync<Answer>(Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_keep_keeps_nothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Ledger.KeepAsync(Key, Saying("never"), new CancellationToken(canceled: true)));

        (await Ledger.FindAsync<Answer>(Key, CancellationToken.None)).ShouldBeNull();
    }

    protected static Answer Saying(string text) => new(text, Outcome.Passed, null, [], JsonSerializer.SerializeToElement(0));

    public sealed record Answer(string Text, Outcome Outcome, string? Note, IReadOnlyList<double> Scores, JsonElement Body);

    public sealed record Other(IReadOnlyList<string> Text);
}
