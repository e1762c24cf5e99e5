using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class EvidenceIdTests
{
    private static readonly EvidenceAdded Report = new(
        Guid.Empty, "one", "session", "s", "u", new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), "complaint", "expected", null, 0);

    public static TheoryData<EvidenceAdded> Others =>
    [
        Report with { Scenario = "two" }, Report with { Source = "api" }, Report with { SessionId = "t" }, Report with { UserId = null },
        Report with { OccurredAt = Report.OccurredAt.AddTicks(1) }, Report with { Complaint = "" }, Report with { Expected = "" },
        Report with { Complaint = "complaintexpected", Expected = "" },
    ];

    [Fact]
    public void The_same_report_has_the_same_id_whatever_its_offset() =>
        EvidenceId.OfContent("desk", Report with { OccurredAt = Report.OccurredAt.ToOffset(TimeSpan.FromHours(2)) }, "t")
            .ShouldBe(EvidenceId.OfContent("desk", Report, "t"));

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_report_has_another_id(EvidenceAdded other) =>
        EvidenceId.OfContent("desk", other, "t").ShouldNotBe(EvidenceId.OfContent("desk", Report, "t"));

    [Fact]
    public void Another_substrate_or_transcript_is_another_id()
    {
        EvidenceId.OfContent("shop", Report, "t").ShouldNotBe(EvidenceId.OfContent("desk", Report, "t"));
        EvidenceId.OfContent("desk", Report, "u").ShouldNotBe(EvidenceId.OfContent("desk", Report, "t"));
    }

    [Fact]
    public void A_key_gives_each_item_of_each_substrate_an_id()
    {
        Guid[] ids = [EvidenceId.OfKey("desk", "k", 0), EvidenceId.OfKey("desk", "k", 1), EvidenceId.OfKey("shop", "k", 0), EvidenceId.OfKey("desk", "k0", 0)];

        ids.Distinct().Count().ShouldBe(4);
        EvidenceId.OfKey("desk", "k", 0).ShouldBe(ids[0]);
    }
}
