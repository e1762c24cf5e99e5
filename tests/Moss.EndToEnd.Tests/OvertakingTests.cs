using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests;

/// <summary>Two evolutions of one substrate, of which one is promoted first.</summary>
[Collection(OneMoss.Name)]
public sealed class OvertakingTests(MossBench bench)
{
    /// <summary>Repairs the price or the tip, whichever its batch is about.</summary>
    private static readonly AgentScript RepairsWhatFails = Scripts.But("implement", call => Task.FromResult(Scripts.Good("implement") with
    {
        Writes = call.Assignment.GetRawText().Contains(Till.TipBatch[0], StringComparison.Ordinal)
            ? new Dictionary<string, string> { [TillSource.TipFile] = TillSource.RepairedTip }
            : new Dictionary<string, string> { [TillSource.PriceFile] = TillSource.RepairedPrice },
    }));

    [Fact]
    public async Task The_later_one_is_moved_onto_the_first_and_verified_and_asked_for_again()
    {
        var till = bench.Till("till-overtaken", RepairsWhatFails, new TillSettings { HasTips = true });
        var (first, later) = (new Course(bench, till), new Course(bench, till));
        await first.OpenAsync(deploy: true);
        await first.BeginAsync();
        await later.BeginAsync(Till.TipBatch);
        await later.ReachAsync("evolution.consent-requested.v1");

        var promoted = await first.RunAsync();
        promoted.Ending.ShouldNotBeNull().Promoted.ShouldBeTrue(promoted.Ending.Reason);
        var end = await later.RunAsync();

        end.Ending.ShouldNotBeNull().Promoted.ShouldBeTrue(end.Ending.Reason);
        end.BaseCommit.ShouldBe(promoted.Change!.Commit);
        (await later.TimelineAsync()).Count(entry => entry.Name == "evolution.consent-requested.v1").ShouldBe(2, "what is promoted is what was consented to");
        till.Repository.Git("log", "--format=%H", "-2", "moss/evolved").Split('\n').ShouldBe([end.Change!.Commit, promoted.Change.Commit]);
        till.Repository.Git("show", $"moss/evolved:{TillSource.PriceFile}").ShouldBe(TillSource.RepairedPrice.Trim());
        till.Repository.Git("show", $"moss/evolved:{TillSource.TipFile}").ShouldBe(TillSource.RepairedTip.Trim());
        (await till.HealthAsync()).Sample.ShouldBe(90);
        (await later.AuditAsync()).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_first_repaired_as_well_is_not_promoted_twice()
    {
        var till = bench.Till("till-repaired-twice", Scripts.Repairs);
        var (first, later) = (new Course(bench, till), new Course(bench, till));
        await first.OpenAsync(deploy: true);
        await first.BeginAsync();
        await later.BeginAsync();
        await later.ReachAsync("evolution.consent-requested.v1");

        (await first.RunAsync()).Ending!.Promoted.ShouldBeTrue();
        var end = await later.RunAsync();

        (end.Ending!.Verdict, end.Ending.Promoted).ShouldBe(("NotReproduced", false));
    }
}
