using System.Net.Http.Headers;
using System.Text;
using Moss.Ingestion;

namespace Moss.Services.Tests.Ingestion.Reports;

public sealed class MalformedReportTests : DeskTest
{
    private const string Good = "\"substrate\": \"desk\", \"scenario\": \"one\", \"occurredAt\": \"2026-01-05T08:59:00Z\"";

    private protected override IngestionOptions Options { get; } = new() { MaximumItems = 3 };

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{" + Good + "}{}", "not valid JSON")]
    [InlineData("{" + Good + ", \"complaint\": \"a\", \"complaint\": \"b\"}", "'complaint'")]
    public async Task What_is_no_JSON_is_refused(string json, string detail) => await RefusesAsync(json, "body", detail);

    [Theory]
    [InlineData("7", "items", "it is a number, must be a list of objects")]
    [InlineData("null", "items", "it is null")]
    [InlineData("{ \"items\": null }", "items", "it is null")]
    [InlineData("{ \"items\": {} }", "items", "it is an object, must be a list")]
    [InlineData("[]", "items", "there are 0 items")]
    [InlineData("[{" + Good + "}, {" + Good + "}, {" + Good + "}, {" + Good + "}]", "items", "there are 4 items")]
    [InlineData("[{" + Good + "}, null]", "items[1]", "it is null, must be an object")]
    [InlineData("[\"x\"]", "items[0]", "it is a text, must be an object")]
    public async Task What_is_no_list_of_items_is_refused(string json, string field, string detail) => await RefusesAsync(json, field, detail);

    [Theory]
    [InlineData("\"complaint\": 7", "items[0].complaint", "it is a number, must be a text")]
    [InlineData("\"transcript\": []", "items[0].transcript", "it is a list, must be a text")]
    [InlineData("\"sessionId\": {}", "items[0].sessionId", "it is an object, must be a text")]
    [InlineData("\"expected\": true", "items[0].expected", "it is true or false, must be a text")]
    [InlineData("\"source\": \"rumour\"", "items[0].source", "'rumour' is no source")]
    [InlineData("\"failure\": \"bad luck\"", "items[0].failure", "'bad luck' is no kind of failure")]
    [InlineData("\"transcrpit\": \"x\"", "items[0].transcrpit", "it is not a field of evidence")]
    [InlineData("\"complaint\": \"\\ud83d\"", "items[0].complaint", "half of a surrogate pair")]
    public async Task A_field_of_the_wrong_kind_is_refused(string field, string name, string detail) => await RefusesAsync($"{{ {Good}, {field} }}", name, detail);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-01-05")]
    [InlineData("2026-01-05T09:00:00")]
    [InlineData("2026-13-05T09:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public async Task A_time_that_could_mean_several_moments_or_none_is_refused(string time) =>
        await RefusesAsync($"{{ \"substrate\": \"desk\", \"scenario\": \"one\", \"occurredAt\": \"{time}\" }}", "items[0].occurredAt", $"'{time}' is no time");

    [Theory]
    [InlineData("complaint", 20_000)]
    [InlineData("expected", 20_000)]
    [InlineData("sessionId", 200)]
    [InlineData("userId", 200)]
    public async Task A_text_that_is_too_long_is_refused_with_the_limit(string field, int limit)
    {
        await RefusesAsync($"{{ {Good}, \"{field}\": \"{new string('x', limit + 1)}\" }}", $"items[0].{field}", $"it has {limit + 1} characters, more than {limit}");

        (await Bench.ReportTextAsync($"{{ {Good}, \"{field}\": \"{new string('x', limit)}\" }}")).Status.ShouldBe(202);
    }

    [Fact]
    public async Task A_long_wrong_name_is_not_sent_back_whole()
    {
        var name = new string('x', 10_000);

        var refused = await RefusesAsync($"{{ \"substrate\": \"{name}\", \"scenario\": \"{name}!\", \"source\": \"{name}\", \"{name}\": 1 }}", "items[0]." + name[..60] + "…", "");

        refused.Body.ToString().Length.ShouldBeLessThan(3_000);
    }

    [Fact]
    public async Task Everything_that_is_missing_or_wrong_is_told_at_once()
    {
        var refused = await Bench.ReportTextAsync("[{}, { \"substrate\": \"Desk\", \"scenario\": \"../x\", \"occurredAt\": 7 }]");

        refused.Status.ShouldBe(400);
        refused.Fields().ShouldBe(
            ["items[1].occurredAt", "items[0].substrate", "items[0].scenario", "items[0].occurredAt", "items[1].substrate", "items[1].scenario"]);
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_with_their_place()
    {
        byte[] bytes = [.. "{ \"complaint\": \""u8, 0xC3, 0x28, .. "\" }"u8];
        using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        (await Bench.ReportAsync(body)).Refuses(400, "body", "it is not valid UTF-8 at byte 16", "send JSON in UTF-8");

        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var body = new StringContent($"{{ {Good} }}", Encoding.UTF8, "text/plain");

        (await Bench.ReportAsync(body)).Status.ShouldBe(415);
        await NothingIsStoredAsync();
    }

    private async Task<Answer> RefusesAsync(string json, string field, string detail)
    {
        var refused = (await Bench.ReportTextAsync(json)).Refuses(400, field, detail);
        await NothingIsStoredAsync();
        return refused;
    }
}
