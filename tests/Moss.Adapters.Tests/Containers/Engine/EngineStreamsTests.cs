using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Images;
using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Engine;

/// <summary>Answers that come piece by piece.</summary>
public sealed class EngineStreamsTests
{
    private readonly CancellationToken never = CancellationToken.None;

    [Fact]
    public async Task Lines_are_put_together_whatever_pieces_they_come_in()
    {
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            foreach (var piece in (string[])["{\"stream\":\"one\\n", "\"}\r\n\r\n{\"str", "eam\":\"zwö", "lf\"}\n{\"aux\":{\"ID\":\"sha256:1\"}}"])
            {
                await context.Response.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });

        var build = await fake.Client.Images.BuildAsync(Stream.Null, new ImageBuildRequest(), null, never);

        build.ShouldBe(new ImageBuild.Built("sha256:1") { Log = "one\nzwölf" });
    }

    [Fact]
    public async Task A_build_sends_its_context_and_what_it_asks_for()
    {
        byte[] sent = [];
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            sent = body.ToArray();
            context.Request.ContentType.ShouldBe("application/x-tar");
            await context.Response.WriteAsync("{\"aux\":{\"ID\":\"sha256:1\"}}");
        });

        await fake.Client.Images.BuildAsync(
            new MemoryStream([1, 2, 3]), new ImageBuildRequest { Dockerfile = "sub/Dockerfile", Tag = "a:b", MemoryBytes = 5 }, null, never);

        sent.ShouldBe([1, 2, 3]);
        fake.Calls.Last().ShouldBe(
            "POST /v1.41/build?dockerfile=sub/Dockerfile&t=a:b&networkmode=none&memory=5&memswap=5&buildargs={}&labels={}&rm=1&forcerm=1&nocache=0");
    }

    [Fact]
    public async Task A_build_that_fails_keeps_the_builder_s_words()
    {
        await using var fake = await FakeEngineServer.StartAsync(200, """
            {"stream":"Step 1/1 : RUN false\n"}
            {"errorDetail":{"code":1,"message":"The command returned 1"},"error":"The command returned 1"}
            """);

        (await fake.Client.Images.BuildAsync(Stream.Null, new ImageBuildRequest { LogBytes = 4 }, null, never))
            .ShouldBe(new ImageBuild.Failed("The command returned 1") { Log = "Step" });
    }

    [Fact]
    public async Task A_build_whose_end_is_missing_is_neither_good_nor_bad()
    {
        await using var fake = await FakeEngineServer.StartAsync(200, "{\"stream\":\"Step 1\"}\n");

        (await Should.ThrowAsync<EngineException>(fake.Client.Images.BuildAsync(Stream.Null, new ImageBuildRequest(), null, never))).Kind.ShouldBe(EngineFailure.Unreachable);
    }

    [Fact]
    public async Task A_line_without_end_is_given_up()
    {
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(new string('x', 65536), context.RequestAborted);
            }
        });

        (await Should.ThrowAsync<EngineException>(fake.Client.Images.BuildAsync(Stream.Null, new ImageBuildRequest(), null, never))).Kind.ShouldBe(EngineFailure.ServerError);
    }

    [Fact]
    public async Task Output_that_breaks_off_within_a_frame_is_unreachable_and_other_bytes_are_the_engine_s_fault()
    {
        (await BreakAsync([1, 0, 0, 0, 0, 0, 0, 9, 65])).Kind.ShouldBe(EngineFailure.Unreachable);
        (await BreakAsync("hello, no frames here"u8.ToArray())).Kind.ShouldBe(EngineFailure.ServerError);
        (await BreakAsync([1, 0, 0])).Kind.ShouldBe(EngineFailure.ServerError);
        var told = await BreakAsync([3, 0, 0, 0, 0, 0, 0, 2, (byte)'n', (byte)'o']);
        told.Kind.ShouldBe(EngineFailure.ServerError);
        told.Message.ShouldBe("no");
    }

    [Fact]
    public async Task Frames_are_taken_apart_at_any_border()
    {
        var bytes = Frame(1, "out").Concat(Frame(2, "err")).Concat(Frame(0, "")).Concat(Frame(1, "put")).ToArray();
        var output = new BoundedOutput(100);

        await OutputFrames.CopyAsync(new OneByOne(bytes), output, never);

        output.Read().ShouldBe(new ContainerOutput("output", "err", Truncated: false));
    }

    [Fact]
    public async Task Of_output_only_the_first_bytes_are_kept_and_every_piece_is_heard()
    {
        var heard = 0;
        var output = new BoundedOutput(4, () => heard++);

        await OutputFrames.CopyAsync(new MemoryStream([.. Frame(1, "abc"), .. Frame(1, "def"), .. Frame(2, "wxyz")]), output, never);

        output.Read().ShouldBe(new ContainerOutput("abcd", "wxyz", Truncated: true));
        heard.ShouldBe(3);
    }

    [Fact]
    public async Task Logs_are_asked_for_and_taken_apart()
    {
        await using var fake = await FakeEngineServer.StartAsync(context => context.Response.Body.WriteAsync(Frame(2, "oh")).AsTask());

        (await fake.Client.Containers.LogsAsync("one", 10, never)).ShouldBe(new ContainerOutput("", "oh", Truncated: false));
        fake.Calls.Last().ShouldBe("GET /v1.41/containers/one/logs?stdout=1&stderr=1");
    }

    [Fact]
    public async Task An_attached_container_gets_its_input_with_its_end_and_its_output_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder.Combine("docker.sock")));
        listener.Listen();
        var serving = ShoutAsync(listener);
        var output = new BoundedOutput(100);

        await using var attached = new ContainerAttachment(await EngineConnection.OpenAsync(
            folder.Combine("docker.sock"), EngineCall.Post("containers", "one", "attach"), "/v1.41/containers/one/attach", never));
        await attached.FeedAsync("hello"u8.ToArray(), never);
        await attached.ReadAsync(output, never);

        output.Read().Output.ShouldBe("HELLO");
        (await serving).ShouldStartWith("POST /v1.41/containers/one/attach HTTP/1.1\r\n");
    }

    [Fact]
    public async Task An_attachment_that_is_refused_says_why()
    {
        await using var fake = await FakeEngineServer.StartAsync(context =>
        {
            context.Response.ContentLength = 28;
            return FakeEngineServer.WriteAsync(context, 404, """{"message":"no such thing."}""");
        });

        var refused = await Should.ThrowAsync<EngineException>(fake.Client.Containers.AttachAsync("one", withInput: true, never));

        refused.Kind.ShouldBe(EngineFailure.NotFound);
        refused.Message.ShouldStartWith("no such thing.");
    }

    [Fact]
    public async Task Events_are_filtered_by_the_engine_and_end_with_the_token()
    {
        using var stop = new CancellationTokenSource();
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("""{"Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{"exitCode":"3"}},"time":5,"timeNano":5000000001}""" + "\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var since = DateTimeOffset.FromUnixTimeSeconds(5).AddTicks(1);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in fake.Client.System.EventsAsync(["moss.owner"], since, stop.Token))
            {
                happened.ShouldBe(happened with { Type = "container", Action = "die", TimeNano = 5000000001 });
                happened.Actor.Attributes!["exitCode"].ShouldBe("3");
                await stop.CancelAsync();
            }
        });

        fake.Calls.Last().ShouldBe("""GET /v1.41/events?since=5.000000100&filters={"label":["moss.owner"]}""");
    }

    [Fact]
    public async Task An_archive_that_cannot_be_made_ends_the_call()
    {
        await using var fake = await FakeEngineServer.StartAsync(async context => await context.Request.Body.CopyToAsync(Stream.Null));

        var broken = await Should.ThrowAsync<EngineException>(fake.Client.Containers.CopyInAsync("one", "/", TarPacking.Folder("/no/such/folder"), never));

        broken.Kind.ShouldBe(EngineFailure.Unreachable);
    }

    /// <summary>Answers with what it was sent, once that has ended.</summary>
    private static async Task<string> ShoutAsync(Socket listener)
    {
        await using var stream = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        await stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
        var input = new MemoryStream();
        await stream.CopyToAsync(input);
        await stream.WriteAsync(Frame(1, Encoding.UTF8.GetString(input.ToArray()).ToUpperInvariant()));
        return head.ToString();
    }

    private async Task<EngineException> BreakAsync(byte[] bytes) =>
        await Should.ThrowAsync<EngineException>(OutputFrames.CopyAsync(new MemoryStream(bytes), new BoundedOutput(100), never));

    private static byte[] Frame(byte stream, string text) => [stream, 0, 0, 0, 0, 0, 0, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    private sealed class OneByOne(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
