using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The queues over HTTP where there are none.</summary>
public sealed class QueueEndpointsTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Theory]
    [InlineData("/api/queues")]
    [InlineData("/api/queues/dead")]
    public async Task A_bus_in_memory_has_nothing_to_show(string path) =>
        (await bench.Client.GetFromJsonAsync<JsonElement>(path)).GetArrayLength().ShouldBe(0);

    [Fact]
    public async Task A_bus_in_memory_has_nothing_to_requeue_and_the_answer_says_what_to_do()
    {
        using var answer = await bench.Client.PostAsJsonAsync("/api/queues/dead/requeue", new { all = true });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("fix").GetString()!.ShouldContain("moss evo restart");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_number_that_cannot_be_shown_is_refused(int limit)
    {
        using var answer = await bench.Client.GetAsync(new Uri($"/api/queues/dead?limit={limit}", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("field").GetString().ShouldBe("limit");
    }
}
