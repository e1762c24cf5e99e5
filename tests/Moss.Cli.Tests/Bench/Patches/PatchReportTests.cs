using Moss.Cli.Bench.Patches;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class PatchReportTests
{
    private static readonly PatchRow[] Rows =
    [
        Row("one", "right", correct: true, visible: true, corpus: true),
        Row("one", "right-but-refused", correct: true, visible: true, corpus: false),
        Row("one", "overfitting", correct: false, visible: true, corpus: false),
        Row("two", "overfitting", correct: false, visible: true, corpus: true),
        Row("two", "nonsense", correct: false, visible: false, corpus: false),
    ];

    [Fact]
    public void A_wrong_candidate_that_is_accepted_is_a_false_accept_and_its_rate_is_of_the_wrong_ones()
    {
        var report = PatchReport.Of(Rows, TimeSpan.FromSeconds(3));

        (report.VisibleOnly.Candidates, report.VisibleOnly.FalseAccepts, report.VisibleOnly.FalseAcceptRate).ShouldBe((5, 2, 0.6667));
        (report.WithCorpus.FalseAccepts, report.WithCorpus.FalseAcceptRate).ShouldBe((1, 0.3333));
    }

    [Fact]
    public void A_correct_candidate_that_is_refused_is_a_false_reject_and_its_rate_is_of_the_correct_ones()
    {
        var report = PatchReport.Of(Rows, TimeSpan.Zero);

        (report.VisibleOnly.FalseRejects, report.VisibleOnly.FalseRejectRate).ShouldBe((0, 0));
        (report.WithCorpus.FalseRejects, report.WithCorpus.FalseRejectRate).ShouldBe((1, 0.5));
    }

    [Fact]
    public void Each_program_has_its_own_counts_and_they_add_up()
    {
        var corpus = PatchReport.Of(Rows, TimeSpan.Zero).WithCorpus;

        corpus.PerProgram.ShouldBe([new("one", 3, 2, 1, 0, 1), new("two", 2, 0, 2, 1, 0)]);
        corpus.PerProgram.Sum(program => program.Candidates).ShouldBe(corpus.Candidates);
    }

    [Fact]
    public void Every_error_is_named_with_its_verdict()
    {
        PatchReport.Of(Rows, TimeSpan.Zero).WithCorpus.Errors.Select(error => (error.Program, error.Candidate, error.Kind, error.Verdict)).ShouldBe(
        [
            ("one", "right-but-refused", "falseReject", "NeedMoreWork"),
            ("two", "overfitting", "falseAccept", "Converged"),
        ]);
    }

    [Fact]
    public void A_rate_of_nothing_is_no_number()
    {
        var none = PatchReport.Of([Row("one", "right", correct: true, visible: true, corpus: true)], TimeSpan.Zero).WithCorpus;

        none.FalseAcceptRate.ShouldBeNull();
        none.FalseRejectRate.ShouldBe(0);
    }

    private static PatchRow Row(string program, string candidate, bool correct, bool visible, bool corpus) =>
        new(program, candidate, correct, Ruled(visible), Ruled(corpus), 1);

    private static RuledAs Ruled(bool accepted) => new(accepted, accepted ? "Converged" : "NeedMoreWork", "because");
}
