using System.Collections.Immutable;
using Moss.CodingAgents.Cassettes;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

public sealed class CassetteShelfTests : IDisposable
{
    private static readonly AssignmentPrint Asked = CassetteSamples.Asked;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_cassette_of_the_same_assignment_is_found_whatever_its_file_is_called()
    {
        Keep(CassetteSamples.Whole with { Assignment = Asked with { Prompt = "Something else." } });
        folder.Write("by-hand.json", CassetteJson.Write(CassetteSamples.Whole));
        folder.Write("README.md", "not a cassette");

        CassetteShelf.Find(folder.Path, Asked).ShouldBeOfType<CassetteChoice.Found>().Cassette.Recording.Hash.ShouldBe(CassetteSamples.Done.Hash);
    }

    [Fact]
    public void A_changed_prompt_is_named_by_its_line()
    {
        Keep(CassetteSamples.Whole);

        var reason = Refused(Asked with { Prompt = "Make x two.\nThen go on.\n" });

        reason.ShouldContain($"from the nearest, implement-{Asked.Hash[..12]}.json, the prompt differs from line 2: recorded 'Then stop.', now 'Then go on.'");
        reason.ShouldContain("set Moss:CodingAgents:RecordTo to a folder and let the agent (script) play the role itself");
    }

    [Fact]
    public void Everything_that_changed_is_named() =>
        Differences(Asked with
        {
            Schema = "{\n  \"type\": \"array\"\n}\n",
            Files = CassetteSamples.Files(("src/a.py", new string('0', 64)), ("src/c.py", CassetteSamples.Sha)),
            Scenarios = CassetteSamples.Files(("one.json", new string('0', 64))),
        }).ShouldBe(
        [
            "the schema of the report differs from line 2: recorded '  \"type\": \"object\"', now '  \"type\": \"array\"'",
            "file src/a.py of the work tree differs",
            "file src/b.py of the work tree is gone",
            "file src/c.py of the work tree is new",
            "scenario file one.json differs",
        ]);

    [Fact]
    public void Many_files_and_long_lines_are_cut_short()
    {
        var files = CassetteSamples.Files([.. Enumerable.Range(0, 9).Select(number => ($"{number}.py", CassetteSamples.Sha))]);
        var differences = Differences(Asked with { Prompt = new string('p', 5000), Files = files });

        differences[0].Length.ShouldBeLessThan(300);
        differences.Length.ShouldBe(1 + 5 + 1);
        differences[^1].ShouldBe("and 6 files more");
    }

    [Fact]
    public void A_prompt_that_goes_on_differs_where_the_other_ends() =>
        Differences(Asked with { Prompt = Asked.Prompt + "More.\n" })[0].ShouldBe("the prompt differs from line 3: recorded '', now 'More.'");

    [Fact]
    public void A_prompt_that_ends_sooner_has_nothing_there() =>
        Differences(Asked with { Prompt = "Make x two." })[0].ShouldBe("the prompt differs from line 2: recorded 'Then stop.', now nothing");

    [Fact]
    public void The_nearest_differs_in_the_least()
    {
        Keep(CassetteSamples.Whole with { Assignment = Asked with { Prompt = "Far away.", Schema = "[]" } });
        Keep(CassetteSamples.Whole with { Assignment = Asked with { Prompt = "Far away.\nThen stop." } });
        Keep(CassetteSamples.Whole with { Assignment = Asked with { Prompt = "Make x two.\nThen halt.\n" } });

        Refused(Asked).ShouldContain("the prompt differs from line 2: recorded 'Then halt.', now 'Then stop.'");
    }

    [Fact]
    public void Cassettes_of_other_roles_are_no_help()
    {
        Keep(CassetteSamples.Whole);

        Refused(Asked with { Role = "plan" }).ShouldStartWith($"there is no cassette of plan in {folder.Path}. To record it");
    }

    [Fact]
    public void One_cassette_that_was_edited_spoils_the_folder()
    {
        Keep(CassetteSamples.Whole);
        folder.Write("edited.json", CassetteJson.Write(CassetteSamples.Whole).Replace("\"exitCode\": 0", "\"exitCode\": 1", StringComparison.Ordinal));

        var reason = Refused(Asked);

        reason.ShouldContain(folder.Combine("edited.json"));
        reason.ShouldContain("recording.hash");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        File.CreateSymbolicLink(folder.Combine("broken.json"), folder.Combine("nowhere"));

        Refused(Asked).ShouldContain($"cassette {folder.Combine("broken.json")} cannot be used: it cannot be read");
    }

    [Fact]
    public void A_folder_that_is_gone_is_named_with_its_setting() =>
        CassetteShelf.Find(folder.Combine("gone"), Asked).ShouldBeOfType<CassetteChoice.Refused>().Reason.ShouldContain("Moss:CodingAgents:Cassettes");

    private void Keep(Cassette cassette) => folder.Write(cassette.FileName, CassetteJson.Write(cassette));

    private string Refused(AssignmentPrint asked) => CassetteShelf.Find(folder.Path, asked).ShouldBeOfType<CassetteChoice.Refused>().Reason;

    private static ImmutableArray<string> Differences(AssignmentPrint now) => AssignmentDifference.Between(Asked, now);
}
