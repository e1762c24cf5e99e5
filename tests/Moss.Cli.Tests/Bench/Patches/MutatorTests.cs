using Moss.Cli.Bench.Patches;
using Moss.Cli.Bench.Patches.Mutants;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class MutatorTests
{
    private const string Source = """
        // 1 < 2
        class C
        {
            int M(int n)
            {
                // n < 9
                var text = "a < b + 1";
                if (n < 3 && true)
                {
                    n += 2;
                }

                return n;
            }
        }
        """;

    [Fact]
    public void Operators_constants_conditions_and_statements_are_changed_one_at_a_time()
    {
        string[] changed = [.. Mutator.Of(Source).Select(mutant => Changed(mutant.Source))];

        changed.ShouldContain("if (n <= 3 && true)");
        changed.ShouldContain("if (n > 3 && true)");
        changed.ShouldContain("if (n < 4 && true)");
        changed.ShouldContain("if (n < 2 && true)");
        changed.ShouldContain("if (n < 3 || true)");
        changed.ShouldContain("if (!(n < 3 && true))");
        changed.ShouldContain("n -= 2;");
        changed.ShouldContain("");
    }

    [Fact]
    public void Texts_and_comments_stay_as_they_are() =>
        Mutator.Of(Source).ShouldAllBe(mutant => mutant.Source.Contains("a < b + 1") && mutant.Source.Contains("// n < 9") && mutant.Source.Contains("// 1 < 2"));

    [Fact]
    public void Each_mutant_is_another_source_and_has_another_name()
    {
        var mutants = Mutator.Of(PatchResources.Read("RomanNumerals.cs"));

        mutants.Length.ShouldBeGreaterThan(60);
        mutants.Select(mutant => mutant.Name).Distinct().Count().ShouldBe(mutants.Length);
        mutants.Select(mutant => mutant.Source).Distinct().Count().ShouldBe(mutants.Length);
        mutants.ShouldAllBe(mutant => mutant.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
    }

    [Fact]
    public void The_same_source_gives_the_same_mutants() => Mutator.Of(Source).ShouldBe(Mutator.Of(Source));

    [Fact]
    public void Other_ways_to_write_a_source_are_many_and_named()
    {
        var rewrites = Rewriter.Of(PatchResources.Read("RomanNumerals.cs"));

        rewrites.Length.ShouldBeGreaterThan(20);
        rewrites.Select(rewrite => rewrite.Name).Distinct().Count().ShouldBe(rewrites.Length);
        rewrites.Select(rewrite => rewrite.Source).ShouldContain(source => source.Contains("total = total - value;"));
        rewrites.Select(rewrite => rewrite.Source).ShouldContain(source => source.Contains("while (!(!(number >= Values[place])))"));
    }

    private static string Changed(string mutant) => mutant.Split('\n').Zip(Source.Split('\n')).First(pair => pair.First != pair.Second).First.Trim();
}
