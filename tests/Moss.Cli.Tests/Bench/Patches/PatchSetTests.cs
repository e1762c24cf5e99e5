using Moss.Cli.Bench.Patches;
using Moss.Cli.Features;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class PatchSetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PatchSetTests()
    {
        folder.Write("one/base/moss.yaml", "");
        folder.Write("one/candidates/a.patch", "");
        folder.Write("one/candidates/b/src/file", "");
        folder.Write("one/labels.json", """{"a": "correct", "b": "wrong"}""");
        folder.Write("two/base/moss.yaml", "");
        folder.Write("two/labels.json", "{}");
        folder.Write("notes/readme", "no program");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_with_a_base_are_programs_and_each_candidate_has_its_label()
    {
        var programs = PatchSet.Read(folder.Path, null);

        programs.Select(program => program.Name).ShouldBe(["one", "two"]);
        programs[0].Correct.ShouldBe([KeyValuePair.Create("a", true), KeyValuePair.Create("b", false)]);
    }

    [Fact]
    public void Only_the_programs_that_are_named_are_read() => PatchSet.Read(folder.Path, ["two"]).Select(program => program.Name).ShouldBe(["two"]);

    [Fact]
    public void An_unknown_program_is_refused_with_those_that_there_are() =>
        Refused(["three"]).Fix.ShouldContain("one, two");

    [Fact]
    public void A_candidate_without_a_label_is_refused_by_name()
    {
        folder.Write("one/candidates/c.patch", "");

        Refused(null).Message.ShouldContain("'c' of one has no label");
    }

    [Fact]
    public void A_label_without_a_candidate_is_refused_by_name()
    {
        folder.Write("two/labels.json", """{"gone": "wrong"}""");

        Refused(null).Message.ShouldContain("'gone'");
    }

    [Theory]
    [InlineData("""{"a": "fine", "b": "wrong"}""", "fine")]
    [InlineData("[]", "cannot be read")]
    [InlineData("not json", "cannot be read")]
    public void Labels_that_say_something_else_are_refused(string labels, string said)
    {
        folder.Write("one/labels.json", labels);

        Refused(null).Message.ShouldContain(said);
    }

    [Fact]
    public void A_folder_without_programs_is_no_set() =>
        Should.Throw<UsageException>(() => PatchSet.Read(folder.Combine("notes"), null)).Field.ShouldBe("--set");

    private UsageException Refused(string[]? names) => Should.Throw<UsageException>(() => PatchSet.Read(folder.Path, names));
}
