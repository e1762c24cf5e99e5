using System.Net;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Limits;

public sealed class SizeTests : IAsyncLifetime
{
    private const int Report = 5_000;
    private const int Other = 2_000;

    private GatewayBench bench = null!;

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync(
        $"--Moss:Gateway:LargestReport={Report}", $"--Moss:Gateway:LargestRequest={Other}");

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData("/api/evidence", TestKeys.Report, Report)]
    [InlineData("/api/evolutions", TestKeys.Operate, Other)]
    public async Task As_much_as_is_allowed_passes_whole(string path, string key, int size)
    {
        using var answer = await bench.PostAsync(path, key, new ByteArrayContent(Bytes(size)));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.The("ingestion").Requests.ShouldHaveSingleItem().Body.Length.ShouldBe(size);
    }

    [Theory]
    [InlineData("/api/evidence", TestKeys.Report, Report)]
    [InlineData("/api/evolutions", TestKeys.Operate, Other)]
    public async Task A_byte_more_is_refused_before_any_service_hears_of_it(string path, string key, int size)
    {
        using var answer = await bench.PostAsync(path, key, new ByteArrayContent(Bytes(size + 1)));

        var refusal = await Refusal.ShouldBeAsync(answer, 413);
        refusal.Field.ShouldBe("body");
        refusal.Detail.ShouldContain($"{size} bytes");
        bench.The("ingestion").Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_sends_far_too_much_still_reads_why_it_was_refused()
    {
        using var answer = await bench.PostAsync("/api/evidence", TestKeys.Report, new ByteArrayContent(Bytes(4_000_000)));

        await Refusal.ShouldBeAsync(answer, 413);
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_size_is_cut_off_where_it_becomes_too_large()
    {
        bench.The("ingestion").On("/api/evidence", async context => await context.Request.Body.CopyToAsync(Stream.Null));
        using var body = new StreamContent(new Unsized(Bytes(Report + 1)));

        using var answer = await bench.PostAsync("/api/evidence", TestKeys.Report, body);

        (await Refusal.ShouldBeAsync(answer, 413)).Detail.ShouldContain($"{Report} bytes");
    }

    [Fact]
    public async Task Without_a_key_nobody_learns_what_is_allowed()
    {
        using var answer = await bench.PostAsync("/api/evidence", null, new ByteArrayContent(Bytes(Report + 1)));

        await Refusal.ShouldBeAsync(answer, 401);
    }

    private static byte[] Bytes(int size) => [.. Enumerable.Repeat((byte)'x', size)];

    private sealed class Unsized(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
