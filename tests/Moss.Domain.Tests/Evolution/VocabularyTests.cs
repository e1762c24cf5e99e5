using Moss.Domain.Corpus;
using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Evolution;

public sealed class VocabularyTests
{
    [Fact]
    public void A_stage_key_reads_the_same_for_ever() =>
        new StageKey(Guid.Parse("0198C0DE-0000-7000-8000-00000000000E"), 12, Stage.ReviewCode, 3).ToString()
            .ShouldBe("0198c0de00007000800000000000000e.i12.reviewcode.r3");

    [Fact]
    public void No_two_keys_read_the_same()
    {
        var keys = Enum.GetValues<Stage>().SelectMany(stage => Enumerable.Range(0, 3)
            .SelectMany(iteration => Enumerable.Range(1, 12).Select(round => new StageKey(Guid.Empty, iteration, stage, round).ToString())));

        keys.ShouldBeUnique();
    }

    [Theory]
    [InlineData(Depth.Light, 3, 1, 0, 2, 1)]
    [InlineData(Depth.Standard, 5, 2, 1, 3, 2)]
    [InlineData(Depth.Deep, 8, 3, 2, 5, 3)]
    public void Depths_are_the_published_numbers(Depth depth, int iterations, int planRounds, int codeRetries, int trials, int window) =>
        (Budget.Of(depth) with { FirstGuards = null }).ShouldBe(new Budget(iterations, planRounds, codeRetries, trials, window));

    [Fact]
    public void There_is_no_fourth_depth() => Should.Throw<ArgumentOutOfRangeException>(() => Budget.Of((Depth)3));

    [Fact]
    public void Every_proposal_is_a_verdict_of_the_same_name()
    {
        foreach (var proposed in Enum.GetValues<Proposed>())
        {
            proposed.ToVerdict().ToString().ShouldBe(proposed.ToString());
        }

        Enum.GetValues<Proposed>().Select(proposed => proposed.ToVerdict()).ShouldNotContain(Verdict.Regressed);
    }

    [Theory]
    [InlineData("Evolution")]
    [InlineData("Evidence")]
    [InlineData("Corpus")]
    public void Every_event_is_sealed_and_stored_under_exactly_one_name(string area)
    {
        var named = Names().Values.ToList();
        var events = EventsOf(area).ToList();

        events.ShouldNotBeEmpty();
        events.ShouldAllBe(type => type.IsSealed);
        events.Where(type => named.Count(other => other == type) != 1).ShouldBeEmpty();
    }

    [Fact]
    public void Names_are_lower_case_words_with_a_version_and_every_type_is_sealed()
    {
        foreach (var (name, type) in Names())
        {
            name.ShouldMatch("^[a-z]+\\.[a-z]+(-[a-z]+)*\\.v[1-9][0-9]*$");
            type.IsSealed.ShouldBeTrue(type.Name);
        }
    }

    private static Dictionary<string, Type> Names() =>
        EvolutionCatalogNames.All.Concat(EvidenceCatalogNames.All).Concat(CorpusCatalogNames.All).ToDictionary(entry => entry.Key, entry => entry.Value);

    private static IEnumerable<Type> EventsOf(string area)
    {
        // Records that are no events.
        Type[] parts =
        [
            typeof(Budget), typeof(VerdictRules), typeof(Diagnosis), typeof(Plan), typeof(Change), typeof(Proposal), typeof(IterationRecord),
            typeof(Consent), typeof(Ending), typeof(StageKey), typeof(EvolutionState), typeof(Batch), typeof(EvidenceCluster), typeof(Redacted),
            typeof(Proof), typeof(SeenScenario), typeof(CorpusState), typeof(CorpusEntry), typeof(CorpusScenario), typeof(CorpusProof), typeof(CorpusLive), typeof(EvolutionMoment),
            typeof(ReducedInput),
        ];
        return typeof(EvolutionState).Assembly.GetExportedTypes().Where(type =>
            type.Namespace == $"Moss.Domain.{area}" && type is { IsClass: true, IsAbstract: false } && !parts.Contains(type)
            && type.GetMethod("<Clone>$") is not null);
    }
}
