using System.Text;
using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The audit, held against what was written down outside of the store.</summary>
public sealed class ComparingTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    [Fact]
    public async Task History_can_be_compared_with_what_was_written_down_of_it()
    {
        await bench.GiveAsync(facts.Id, TimeSpan.Zero, facts.UpTo(Phase.Planning));
        var last = (await bench.GetAsync($"/api/evolutions/{facts.Id}/timeline")).Body.EnumerateArray().Last();
        var (version, hash) = (last.GetProperty("version").GetInt64(), last.GetProperty("hash").GetString());
        var stream = $"evolution-{facts.Id:n}";

        var agreed = await bench.PostAsync("/api/audit/verify", new { evolution = facts.Id, streams = new[] { new { stream, version, hash, position = 4 } } });
        var differed = await bench.PostAsync("/api/audit/verify", new { streams = new[] { new { stream, version = version + 1, hash } } });

        agreed.Body.GetProperty("ok").GetBoolean().ShouldBeTrue();
        agreed.Body.GetProperty("anchors").GetInt32().ShouldBe(1);
        var problem = differed.Body.GetProperty("problems").EnumerateArray().ShouldHaveSingleItem();
        problem.GetProperty("stream").GetString().ShouldBe(stream);
        problem.GetProperty("version").GetInt64().ShouldBe(version + 1);
    }

    [Theory]
    [InlineData("{}", "streams")]
    [InlineData("""{ "streams": [], "feed": [] }""", "streams")]
    [InlineData("""{ "streams": [null] }""", "streams[0]")]
    [InlineData("""{ "streams": [{ "version": 1, "hash": "00" }] }""", "streams[0].stream")]
    [InlineData("""{ "streams": [{ "stream": "a", "version": -1, "hash": "0000000000000000000000000000000000000000000000000000000000000000" }] }""", "streams[0].version")]
    [InlineData("""{ "streams": [{ "stream": "a", "version": 1, "hash": "xyz" }] }""", "streams[0].hash")]
    [InlineData("""{ "feed": [{ "position": 0, "digest": "0000000000000000000000000000000000000000000000000000000000000000" }] }""", "feed[0].position")]
    [InlineData("""{ "feed": [{ "position": 3 }] }""", "feed[0].digest")]
    public async Task What_is_no_anchor_is_refused_with_the_field_that_is_wrong(string json, string field)
    {
        var (status, body) = await bench.PostAsync("/api/audit/verify", new StringContent(json, Encoding.UTF8, "application/json"));

        status.ShouldBe(400);
        body.GetProperty("field").GetString().ShouldBe(field);
        body.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
    }
}
