using System.Text;
using Moss.ModelProxy.Metering;
using Moss.ModelProxy.Protocols;
using Moss.Testing.Models;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>What calls used, read from answers that arrive in any pieces, or only in part.</summary>
public sealed class UsageMeterTests
{
    private static readonly TokenUse Said = new(1000, 200, 0, 50, Estimated: false);

    public static TheoryData<string> Protocols => [.. Protocol.All.Select(protocol => protocol.Word)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_stream_is_read_wherever_it_is_split(string word)
    {
        var stream = Stream(word, "\n");

        for (var at = 0; at <= stream.Length; at++)
        {
            Read(word, stream[..at], stream[at..]).Use(0).ShouldBe(Said, $"split at {at}");
        }

        Read(word, [.. stream.Select(one => new[] { one })]).Use(0).ShouldBe(Said);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_ending_of_the_format_is_read(string ending)
    {
        foreach (var protocol in Protocol.All)
        {
            var stream = Stream(protocol.Word, ending);

            Read(protocol.Word, [.. stream.Select(one => new[] { one })]).Use(0).ShouldBe(Said, protocol.Word);
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_stream_that_breaks_off_anywhere_is_estimated(string word)
    {
        var stream = Stream(word, "\n");

        for (var at = 0; at < stream.Length; at++)
        {
            var use = Read(word, stream[..at]).Use(4000);

            (use.Estimated || use == Said).ShouldBeTrue($"cut at {at}: {use}");
            use.In.ShouldBe(1000, $"cut at {at}");
            use.Out.ShouldBeLessThanOrEqualTo(50);
        }

        Read(word, stream[..(stream.Length / 4)]).Use(4000).Estimated.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void What_was_written_before_the_end_is_estimated_from_its_length(string word)
    {
        var text = new string('x', 4000);
        var stream = Encoding.UTF8.GetString(Stream(word, "\n", text));
        var end = stream.IndexOf("\n\n", stream.IndexOf(text, StringComparison.Ordinal), StringComparison.Ordinal) + 2;

        var use = Read(word, Encoding.UTF8.GetBytes(stream[..end])).Use(400);

        use.Estimated.ShouldBeTrue();
        use.Out.ShouldBeInRange(1000, 1005);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Lines_that_cannot_be_read_are_passed_over(string word)
    {
        var stream = Encoding.UTF8.GetString(Stream(word, "\n"))
            .Replace("\n\n", "\n\ndata: {\"choices\":[{\n\n: a comment\n\nid: 7\n\ndata: 17\n\ndata: {\"usage\":\"none\",\"type\":9}\n\nnonsense\n\n", StringComparison.Ordinal);

        Read(word, Encoding.UTF8.GetBytes(stream)).Use(0).ShouldBe(Said);
    }

    [Fact]
    public void Noise_is_never_an_error()
    {
        var random = new Random(7);
        foreach (var protocol in Protocol.All)
        {
            for (var round = 0; round < 200; round++)
            {
                var noise = Stream(protocol.Word, "\n");
                for (var change = 0; change < 20; change++)
                {
                    noise[random.Next(noise.Length)] = (byte)random.Next(256);
                }

                Should.NotThrow(() => Read(protocol.Word, noise).Use(100));
                Should.NotThrow(() => ReadBody(protocol.Word, noise).Use(100));
            }
        }
    }

    [Theory]
    [InlineData("openai-chat", """{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":200}}}""")]
    [InlineData("openai-chat", """{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":50,"prompt_cache_hit_tokens":200}}""")]
    [InlineData("openai-responses", """{"object":"response","usage":{"input_tokens":1000,"input_tokens_details":{"cached_tokens":200},"output_tokens":50}}""")]
    [InlineData("anthropic", """{"type":"message","usage":{"input_tokens":800,"cache_read_input_tokens":200,"output_tokens":50}}""")]
    [InlineData("gemini", """{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"cachedContentTokenCount":200,"candidatesTokenCount":30,"thoughtsTokenCount":20}}""")]
    [InlineData("gemini", """[{"candidates":[{}],"usageMetadata":{"promptTokenCount":1000}},{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"cachedContentTokenCount":200,"candidatesTokenCount":50}}]""")]
    public void A_whole_body_is_read(string word, string body) => ReadBody(word, Encoding.UTF8.GetBytes(body)).Use(0).ShouldBe(Said);

    [Fact]
    public void Tokens_written_to_a_cache_are_told_apart() =>
        ReadBody("anthropic", """{"type":"message","usage":{"input_tokens":10,"cache_creation_input_tokens":700,"cache_read_input_tokens":200,"output_tokens":50}}"""u8)
            .Use(0).ShouldBe(new TokenUse(910, 200, 700, 50, Estimated: false));

    [Fact]
    public void A_body_that_says_nothing_is_estimated_from_its_length() =>
        ReadBody("openai-chat", Encoding.UTF8.GetBytes(new string('x', 400))).Use(4000).ShouldBe(new TokenUse(1000, 0, 0, 100, Estimated: true));

    [Fact]
    public void A_line_of_many_megabytes_is_left_out_and_the_next_one_read()
    {
        var stream = (byte[])[.. "data: {\"x\":\""u8, .. new byte[9 * 1024 * 1024], .. "\"}\n\n"u8, .. Stream("openai-chat", "\n")];

        Read("openai-chat", stream).Use(0).ShouldBe(Said);
    }

    private static UsageSoFar Read(string word, params byte[][] pieces) => Read(word, isEventStream: true, pieces);

    private static UsageSoFar ReadBody(string word, ReadOnlySpan<byte> body) => Read(word, isEventStream: false, body.ToArray());

    private static UsageSoFar Read(string word, bool isEventStream, params byte[][] pieces)
    {
        var meter = new UsageMeter(Protocol.All.Single(protocol => protocol.Word == word), isEventStream);
        foreach (var piece in pieces)
        {
            meter.Feed(piece);
        }

        return meter.Finish();
    }

    private static byte[] Stream(string word, string ending, string text = "hello") => Encoding.UTF8.GetBytes((word switch
    {
        "openai-chat" => StubAnswers.ChatStream(text: text),
        "openai-responses" => StubAnswers.ResponsesStream(text: text),
        "anthropic" => StubAnswers.MessagesStream(text: text),
        "gemini" => StubAnswers.GeminiStream(text: text),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "no protocol"),
    }).ReplaceLineEndings(ending));
}
