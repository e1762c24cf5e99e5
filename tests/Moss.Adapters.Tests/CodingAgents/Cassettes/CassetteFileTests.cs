using System.Text.Json.Nodes;
using Moss.CodingAgents.Cassettes;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

public sealed class CassetteFileTests
{
    [Fact]
    public void What_was_written_is_read_again()
    {
        var odd = new Cassette(
            CassetteSamples.Asked with { Prompt = "Ünï \"quoted\" \u0007 ``` \r\n" },
            CassetteSamples.Done with { Agent = "claude", Model = "m-1", Reader = "claude", ExitCode = 255, Events = ["{\"type\":\"result\"}", "\r", ""], Diff = "+\ttab\r\n", Report = null });

        var read = CassetteJson.Read(CassetteJson.Write(odd)).ShouldBeOfType<CassetteReading.Good>().Cassette;

        CassetteJson.Write(read).ShouldBe(CassetteJson.Write(odd));
        (read.Assignment.Hash, read.Recording.Hash, read.Recording.Report).ShouldBe((odd.Assignment.Hash, odd.Recording.Hash, null));
        read.Recording.Events.ShouldBe(odd.Recording.Events);
    }

    [Fact]
    public void It_is_named_for_its_role_and_assignment() =>
        CassetteSamples.Whole.FileName.ShouldBe($"implement-{CassetteSamples.Asked.Hash[..12]}.json");

    [Theory]
    [InlineData("version", "2", "version must be a whole number from 1 to 1")]
    [InlineData("version", null, "version must be a whole number")]
    [InlineData("assignment", "[]", "assignment must be an object")]
    [InlineData("recording", null, "recording must be an object")]
    [InlineData("assignment.role", "\"judge\"", "assignment.role must be one of locate, plan")]
    [InlineData("assignment.prompt", "7", "assignment.prompt must be a text")]
    [InlineData("assignment.prompt", "\"Make x three.\"", "assignment.hash is not the hash of the role, prompt")]
    [InlineData("assignment.schema", null, "assignment.schema must be a text")]
    [InlineData("assignment.files", "{\"src/a.py\":\"abc\"}", "assignment.files['src/a.py'] must be a SHA-256 in hex")]
    [InlineData("assignment.files", "{}", "assignment.tree is not the hash of the files")]
    [InlineData("assignment.scenarios", "\"one\"", "assignment.scenarios must be an object")]
    [InlineData("assignment.tree", null, "assignment.tree must be a text")]
    [InlineData("assignment.hash", "\"0000\"", "assignment.hash is not the hash")]
    [InlineData("assignment.key", "\"k\"", "assignment.key is not a field of a cassette")]
    [InlineData("recording.agent", "null", "recording.agent must be a text")]
    [InlineData("recording.model", "7", "recording.model must be a text")]
    [InlineData("recording.reader", "\"oracle\"", "recording.reader must be one of ")]
    [InlineData("recording.exitCode", "256", "recording.exitCode must be a whole number from 0 to 255")]
    [InlineData("recording.exitCode", "0.5", "recording.exitCode must be a whole number")]
    [InlineData("recording.events", "[7]", "recording.events must be a list of texts")]
    [InlineData("recording.events", "[\"edited\"]", "recording.hash is not the hash of the agent, exit code, events")]
    [InlineData("recording.error", "[]", "recording.error must be a text")]
    [InlineData("recording.diff", null, "recording.diff must be a text")]
    [InlineData("recording.diff", "\"diff --git a/x b/x\"", "recording.hash is not the hash")]
    [InlineData("recording.report", "{}", "recording.report must be a text")]
    [InlineData("recording.hash", null, "recording.hash must be a text")]
    [InlineData("more", "1", "more is not a field of a cassette")]
    public void A_field_that_is_not_as_it_was_written_is_named(string field, string? value, string problem)
    {
        var file = JsonNode.Parse(CassetteJson.Write(CassetteSamples.Whole))!;
        var path = field.Split('.');
        var parent = path.Length == 1 ? file.AsObject() : file[path[0]]!.AsObject();
        parent.Remove(path[^1]);
        if (value is not null)
        {
            parent[path[^1]] = JsonNode.Parse(value);
        }

        CassetteJson.Read(file.ToJsonString()).ShouldBeOfType<CassetteReading.Malformed>().Problems.ShouldContain(found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("{", "it is not JSON")]
    [InlineData("[]", "it must be a JSON object")]
    public void What_is_no_object_is_no_cassette(string text, string problem) =>
        CassetteJson.Read(text).ShouldBeOfType<CassetteReading.Malformed>().Problems.ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void Texts_cannot_run_over_into_each_other()
    {
        Digest.Of("ab", "c").ShouldNotBe(Digest.Of("a", "bc"));
        Digest.Of("a", null).ShouldNotBe(Digest.Of("a", ""));
        Digest.Of("a").ShouldBe(Digest.Of("a"));
    }
}
