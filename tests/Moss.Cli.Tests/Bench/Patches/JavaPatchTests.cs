using Moss.Cli.Bench.Patches.QuixBugsJava;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class JavaPatchTests
{
    private const string Source = """
        package java_programs;
        import java.util.*;
        public class COUNT {
            public static int count(List<Integer> numbers, int limit) {
                int found = 0;
                for (Integer number : numbers) {
                    if (number < limit) { found++; }
                }
                return found;
            }
        }
        """;

    [Theory]
    [InlineData("+++ /tmp/tool/src/main/java/COUNT.java\t2018-12-02 05:36")]
    [InlineData("+++ java_programs\\/COUNT.java")]
    [InlineData("+++ nopol-quixbugs/src/main/java/java_programs/COUNT.java")]
    public void A_file_is_known_by_its_name_whatever_the_path(string heading)
    {
        var patch = JavaPatch.Parse($"--- somewhere\n{heading}\n@@ -5,3 +5,3 @@\n         int found = 0;\n-        return found;\n+        return 1;\n\n\n");

        var (file, hunks) = patch.Files.ShouldHaveSingleItem();
        file.ShouldBe("COUNT.java");
        hunks.ShouldHaveSingleItem().Before.ShouldBe(["        int found = 0;", "        return found;"]);
        hunks[0].After.ShouldBe(["        int found = 0;", "        return 1;"]);
    }

    [Fact]
    public void White_space_and_wrong_counts_do_not_matter()
    {
        var changed = Applied("""
            @@ -9,77 +9,1 @@
             		for (Integer number : numbers) {
            -			if (number<limit) { found++; }
            +			if (number <= limit) { found++; }
              }
            """);

        changed.ShouldNotBeNull().ShouldContain("number <= limit");
        changed.ShouldNotContain("number < limit");
    }

    [Fact]
    public void Of_two_places_the_nearer_is_changed()
    {
        var changed = JavaPatch.Apply("a;\nb;\na;\nb;", JavaPatch.Parse("+++ X.java\n@@ -3 +3 @@\n-a;\n+c;").Files[0].Hunks);

        changed.ShouldBe("a;\nb;\nc;\nb;");
    }

    [Theory]
    [InlineData("if ((number) < (limit)) {", "if ((number) <= (limit)) {", "if (number  <=  limit) { found++; }")]
    [InlineData("if ((number) < (limit)) {", "if (COUNT.any(number)) {", "if (  COUNT . any ( number )) { found++; }")]
    public void Another_print_of_the_same_source_is_understood(string before, string after, string expected)
    {
        var changed = Applied($$"""
            @@ -6,4 +6,4 @@
             		for (java.lang.Integer number : numbers) {
            -			{{before}}
            +			{{after}}
             				found++;
            """);

        Plain(changed.ShouldNotBeNull()).ShouldContain(Plain(expected));
    }

    [Fact]
    public void What_is_added_in_another_print_stands_behind_the_brackets_that_stood_before_it()
    {
        var changed = Applied("""
            @@ -6,4 +6,5 @@
             			if ((number) < (limit)) {
             				found++;
             			}
             		}
            +		found = (found) + 1;
             		return found;
            """);

        Plain(changed.ShouldNotBeNull()).ShouldContain("{found++;}}found=(found)+1;returnfound;");
    }

    [Fact]
    public void An_expression_of_another_print_is_replaced_with_all_of_its_brackets()
    {
        var changed = JavaPatch.Apply(
            "int half(List a) {\n  if (a.size() == 0) { // none\n    return 1 + half(a.subList(1));\n  }\n}",
            JavaPatch.Parse("+++ H.java\n@@ -2 +2 @@\n-if ((a.size()) == 0) {\n-return 1 + (java_programs.H.half(a.subList(1)));\n+if (((a.size()) / 2) == 0) {\n+return 1 + (java_programs.H.half(a.subList(1)));").Files[0].Hunks);

        Plain(changed.ShouldNotBeNull()).ShouldContain("if((a.size())/2==0){");
    }

    [Fact]
    public void A_hunk_that_fits_nowhere_is_said_to() => Applied("@@ -1 +1 @@\n-something else;\n+anything;").ShouldBeNull();

    private static string? Applied(string hunk) => JavaPatch.Apply(Source, JavaPatch.Parse($"+++ COUNT.java\n{hunk}").Files[0].Hunks);

    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
