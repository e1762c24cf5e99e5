using Moss.Cli.Bench.Patches.QuixBugsJava;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class AssessmentsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_manual_assessment_is_the_label()
    {
        var rows = Assessments.Rows("|patch_id |Manual|Other|\n|---|---|---|\n|Tool_a.patch|Correct |overfitting|\n|Tool_b.patch|Overfitting |correct|\n");

        rows.ShouldBe(new Dictionary<string, bool> { ["tool_a"] = true, ["tool_b"] = false }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("NPEFIX_patch_X__0_1.patch", "NPEFix_patch_X__0_1.patch")]
    [InlineData("Tool_Patch1_X.patch", "Tool_Patch1_ X_Tool.patch")]
    public void Names_that_differ_in_case_blanks_and_the_tool_at_the_end_are_the_same(string row, string file) =>
        Assessments.Key(row).ShouldBe(Assessments.Key(file));

    [Fact]
    public void Patches_are_joined_with_their_rows_and_what_has_no_partner_is_named()
    {
        folder.Write("assessment_report/Assessments.md", "|x|\n|Tool_a b.patch|Correct|\n|Tool_gone.patch|Correct|\n");
        folder.Write("patches/PROGRAM/Tool/a b.patch", "");
        folder.Write("patches/PROGRAM/Tool/new.patch", "");

        var (patches, unmatched) = Assessments.Read(folder.Path);

        patches.ShouldHaveSingleItem().ShouldBe(new("PROGRAM", "Tool_a-b", folder.Combine("patches", "PROGRAM", "Tool", "a b.patch"), true));
        unmatched.ShouldBe(["Tool_new.patch", "tool_gone"]);
    }
}
