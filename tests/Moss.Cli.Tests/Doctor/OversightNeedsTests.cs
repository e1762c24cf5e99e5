using Moss.Cli.Doctor;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Doctor;

/// <summary>What the doctor says of oversight.</summary>
public sealed class OversightNeedsTests : IAsyncLifetime
{
    private static readonly OversightProblemView NoKey = new("this service has no key", "make one with ssh-keygen");

    private readonly FakeMoss moss = new();

    public Task InitializeAsync() => moss.InitializeAsync();

    public Task DisposeAsync() => moss.DisposeAsync();

    [Fact]
    public void Where_no_oversight_is_declared_nothing_is_said() =>
        OversightNeeds.Of(View("overdue") with { Declared = false, KeyProblem = NoKey }).ShouldBeEmpty();

    [Theory]
    [InlineData("nothing")]
    [InlineData("gathering")]
    public void What_is_in_time_and_can_be_signed_has_no_problem(string standing) =>
        OversightNeeds.Of(View(standing)).ShouldHaveSingleItem().ShouldBe(new OversightNeed("till", standing));

    [Fact]
    public void An_overdue_review_stops_promotions_and_the_fix_is_to_answer_it() =>
        OversightNeeds.Of(View("overdue")).ShouldHaveSingleItem().ShouldBe(new OversightNeed(
            "till", "overdue", "overdue since 2026-01-06 10:00:00Z: nothing more is promoted", "moss oversight review till, then sign or refuse", Stops: true));

    [Fact]
    public void A_review_that_is_due_says_until_when_and_stops_nothing()
    {
        var need = OversightNeeds.Of(View("due")).ShouldHaveSingleItem();

        need.Problem.ShouldBe("due since 2026-01-06 09:00:00Z; from 2026-01-06 10:00:00Z on nothing more is promoted");
        OversightNeeds.Hold([need]).ShouldBeTrue();
    }

    [Fact]
    public void A_key_that_is_missing_is_told_beside_a_review_that_is_overdue()
    {
        var needs = OversightNeeds.Of(View("overdue") with { KeyProblem = NoKey }).ToList();

        needs.Select(need => need.Problem).ShouldBe(["overdue since 2026-01-06 10:00:00Z: nothing more is promoted", "this service has no key"]);
        OversightNeeds.Hold(needs[1..]).ShouldBeFalse();
        needs[1].Fix.ShouldBe("make one with ssh-keygen");
    }

    [Fact]
    public async Task The_doctor_asks_Moss_about_every_substrate()
    {
        Sample.Teach(moss);
        moss.On("GET /api/oversight/till", View("overdue") with { KeyProblem = NoKey });

        var ran = await MossCommand.RunAsync(moss.Url, "doctor");

        ran.Code.ShouldBe(ExitCodes.Refused);
        ran.Output.ShouldContain("overdue since 2026-01-06 10:00:00Z: nothing more is promoted");
        ran.Output.ShouldContain("make one with ssh-keygen");
    }

    [Fact]
    public async Task Where_no_Moss_answers_the_doctor_says_so_and_goes_on()
    {
        var ran = await MossCommand.RunAsync("http://127.0.0.1:9", "doctor");

        ran.Output.ShouldContain("nothing is known of oversight: no Moss answers at http://127.0.0.1:9");
        ran.Output.ShouldContain("coding agents");
        ran.Error.ShouldBeEmpty();
    }

    private static OversightStandingView View(string standing) => new("till", true, standing, Sample.Monday.AddDays(1), Sample.Monday.AddDays(1).AddHours(1), null);
}
