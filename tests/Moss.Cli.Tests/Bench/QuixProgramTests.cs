using System.Text.Json;
using Moss.Cli.Bench.QuixBugs;
using Moss.Cli.Hosting;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench;

public sealed class QuixProgramTests
{
    [Fact]
    public void Programs_without_a_test_are_left_out()
    {
        using var clone = new Clone();

        QuixProgram.NamesIn(clone.Path).ShouldBe(["twice"]);
    }

    [Fact]
    public async Task Every_case_is_in_one_part_and_the_split_is_the_same_every_time()
    {
        using var clone = new Clone();

        var first = await QuixProgram.ReadAsync(clone.Path, "twice", CancellationToken.None);
        var second = await QuixProgram.ReadAsync(clone.Path, "twice", CancellationToken.None);

        string[] all = [.. first.Batch, .. first.Corpus, .. first.Truth];
        all.Length.ShouldBe(12);
        all.ShouldBeUnique();
        first.CanBeSplit.ShouldBeTrue();
        second.Batch.ShouldBe(first.Batch);
        second.Corpus.ShouldBe(first.Corpus);
        second.Truth.ShouldBe(first.Truth);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(30)]
    public async Task The_parts_are_equal_but_for_one_case(int cases)
    {
        using var clone = new Clone(cases);

        var program = await QuixProgram.ReadAsync(clone.Path, "twice", CancellationToken.None);

        int[] sizes = [program.Batch.Length, program.Corpus.Length, program.Truth.Length];
        sizes.Sum().ShouldBe(cases);
        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_program_with_too_few_cases_cannot_be_split()
    {
        using var clone = new Clone(cases: 2);

        (await QuixProgram.ReadAsync(clone.Path, "twice", CancellationToken.None)).CanBeSplit.ShouldBeFalse();
    }

    [Fact]
    public async Task The_repository_of_a_program_holds_no_case_of_the_truth_and_no_correct_version()
    {
        using var clone = new Clone();
        using var folder = new TemporaryFolder();
        var program = await QuixProgram.ReadAsync(clone.Path, "twice", CancellationToken.None);

        await QuixRepository.CreateAsync(clone.Path, program, folder.Combine("twice"), Options(clone), CancellationToken.None);

        var scenarios = Directory.GetFiles(folder.Combine("twice", "scenarios")).Select(Body).ToList();
        scenarios.ShouldBe([.. program.Batch, .. program.Corpus], ignoreOrder: true);
        Directory.GetFiles(folder.Combine("twice", "python_programs")).Select(Path.GetFileName).ShouldBe(["twice.py"]);
        File.ReadAllText(folder.Combine("twice", "python_programs", "twice.py")).ShouldBe(Clone.Broken);
        program.Substrate.ShouldBe("quixbugs-twice");
        File.ReadAllText(folder.Combine("twice", "moss.yaml")).ShouldContain("leastFailures: 2");

        static string Body(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("input").GetProperty("body").GetString()!;
    }

    [Theory]
    [InlineData(Clone.Broken, false)]
    [InlineData(Clone.Whole, true)]
    [InlineData("def twice(x):\n    import os; os._exit(0)\n", false)]
    [InlineData("def twice(x):\n    import os\n    if x == 9: os._exit(0)\n    return 4\n", false)]
    [InlineData("def twice(x:\n", false)]
    public async Task The_truth_holds_for_a_version_that_is_right_on_every_case_that_nobody_ran(string source, bool right)
    {
        using var folder = new TemporaryFolder();
        folder.Write("node.py", "class Node:\n    pass\n");
        folder.Write("python_programs/twice.py", source);
        await Git.InitAsync(folder.Path, "a version", shared: false, CancellationToken.None);
        var program = new QuixProgram("twice", [], [], ["assert twice(2) == 4", "assert twice(9) == 18"]);

        (await Truth.HoldsAsync(folder.Path, program, "main", CancellationToken.None)).ShouldBe(right);
    }

    private static QuixOptions Options(Clone clone) => new(clone.Path, ["twice"], "light", "", TimeSpan.FromSeconds(5), LeastFailures: 2);
}
