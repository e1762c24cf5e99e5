using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Transport;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Engine;

/// <summary>Everything that can go wrong with a call ends in one kind of exception.</summary>
public sealed class EngineTransportTests
{
    private readonly CancellationToken never = CancellationToken.None;

    [Theory]
    [InlineData(400, EngineFailure.BadRequest)]
    [InlineData(401, EngineFailure.BadRequest)]
    [InlineData(404, EngineFailure.NotFound)]
    [InlineData(409, EngineFailure.Conflict)]
    [InlineData(500, EngineFailure.ServerError)]
    [InlineData(503, EngineFailure.ServerError)]
    [InlineData(301, EngineFailure.BadRequest)]
    public async Task A_refusal_keeps_its_kind_and_the_engine_s_words(int status, EngineFailure kind)
    {
        await using var fake = await FakeEngineServer.StartAsync(status, """{"message":"it is so\n"}""");

        var refused = await Should.ThrowAsync<EngineException>(fake.Client.Containers.StartAsync("one", never));

        refused.Kind.ShouldBe(kind);
        refused.Message.ShouldBe($"it is so (POST /containers/one/start: {status})");
    }

    [Theory]
    [InlineData("", "gave no reason")]
    [InlineData("<html>bad gateway</html>", "<html>bad gateway</html>")]
    [InlineData("""{"message":null}""", """{"message":null}""")]
    public async Task A_refusal_that_is_not_the_engine_s_is_told_as_it_is(string body, string said)
    {
        await using var fake = await FakeEngineServer.StartAsync(502, body);

        (await Should.ThrowAsync<EngineException>(fake.Client.System.VersionAsync(never))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task An_endless_refusal_is_cut()
    {
        await using var fake = await FakeEngineServer.StartAsync(500, new string('x', 1_000_000));

        (await Should.ThrowAsync<EngineException>(fake.Client.System.VersionAsync(never))).Message.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Where_nobody_listens_the_socket_is_named()
    {
        using var folder = new TemporaryFolder();
        using var client = new EngineClient(new EngineOptions { Socket = folder.Combine("none.sock") }, TimeProvider.System);

        var lost = await Should.ThrowAsync<EngineException>(client.System.PingAsync(never));

        lost.Kind.ShouldBe(EngineFailure.Unreachable);
        lost.Message.ShouldContain(folder.Combine("none.sock"));
        lost.Message.ShouldContain("Is the daemon running");
    }

    [Fact]
    public async Task A_path_that_is_too_long_for_a_socket_is_not_an_accident_of_another_kind()
    {
        using var client = new EngineClient(new EngineOptions { Socket = "/" + new string('x', 500) }, TimeProvider.System);

        (await Should.ThrowAsync<EngineException>(client.System.PingAsync(never))).Kind.ShouldBe(EngineFailure.Unreachable);
    }

    [Fact]
    public async Task An_engine_that_goes_away_in_the_middle_is_unreachable()
    {
        await using var fake = await FakeEngineServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        (await Should.ThrowAsync<EngineException>(fake.Client.Containers.InspectAsync("one", never))).Kind.ShouldBe(EngineFailure.Unreachable);
        (await Should.ThrowAsync<EngineException>(fake.Client.Containers.WaitAsync("one", never))).Kind.ShouldBe(EngineFailure.Unreachable);
        (await Should.ThrowAsync<EngineException>(fake.Client.Containers.LogsAsync("one", 1, never))).Kind.ShouldBe(EngineFailure.Unreachable);
        (await Should.ThrowAsync<EngineException>(fake.Client.Containers.AttachAsync("one", false, never))).Kind.ShouldBe(EngineFailure.Unreachable);
    }

    [Fact]
    public async Task An_engine_that_never_answers_is_given_up()
    {
        await using var fake = await FakeEngineServer.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), patience: TimeSpan.FromMilliseconds(200));

        var late = await Should.ThrowAsync<EngineException>(fake.Client.System.VersionAsync(never));

        late.Kind.ShouldBe(EngineFailure.Unreachable);
        late.Message.ShouldBe("The container engine did not answer to GET /version within 0.2 s.");
    }

    [Fact]
    public async Task Who_gives_up_first_gets_a_cancellation()
    {
        await using var fake = await FakeEngineServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(fake.Client.System.VersionAsync(soon.Token));
        await Should.ThrowAsync<OperationCanceledException>(fake.Client.Containers.WaitAsync("one", soon.Token));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task An_answer_of_another_shape_is_the_engine_s_fault(string body)
    {
        await using var fake = await FakeEngineServer.StartAsync(200, body);

        (await Should.ThrowAsync<EngineException>(fake.Client.System.VersionAsync(never))).Kind.ShouldBe(EngineFailure.ServerError);
        (await Should.ThrowAsync<EngineException>(fake.Client.Containers.WaitAsync("one", never))).Kind.ShouldBe(EngineFailure.ServerError);
    }

    [Theory]
    [InlineData(null, "/v1.41/version")]
    [InlineData("not a version", "/v1.41/version")]
    [InlineData("1.40", "/v1.40/version")]
    [InlineData("1.41", "/v1.41/version")]
    [InlineData("1.52", "/v1.44/version")]
    public async Task The_version_is_asked_for_once_and_never_newer_than_what_Moss_knows(string? offered, string path)
    {
        await using var fake = await FakeEngineServer.StartAsync(
            context => FakeEngineServer.WriteAsync(context, 200, """{"Version":"1","ApiVersion":"2","KernelVersion":"3"}"""), offered);

        await fake.Client.System.VersionAsync(never);
        await fake.Client.System.VersionAsync(never);

        fake.Calls.ShouldBe(["GET /_ping", $"GET {path}", $"GET {path}"]);
    }

    [Fact]
    public async Task What_is_already_so_is_done()
    {
        await using var fake = await FakeEngineServer.StartAsync(304, "");
        await fake.Client.Containers.StartAsync("one", never);

        await using var empty = await FakeEngineServer.StartAsync(404, """{"message":"no such thing"}""");
        await empty.Client.Containers.RemoveAsync("one", never);
        await empty.Client.Images.RemoveAsync("one", never);
        await empty.Client.Networks.RemoveAsync("one", never);
    }

    [Fact]
    public async Task A_container_that_is_being_removed_by_another_counts_as_removed_and_one_that_cannot_be_does_not()
    {
        await using var busy = await FakeEngineServer.StartAsync(409, """{"message":"removal of container one is already in progress"}""");
        await busy.Client.Containers.RemoveAsync("one", never);

        await using var stuck = await FakeEngineServer.StartAsync(409, """{"message":"unable to remove filesystem"}""");
        await Should.ThrowAsync<EngineException>(stuck.Client.Containers.RemoveAsync("one", never));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../info")]
    [InlineData("a//b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public async Task A_name_that_could_lead_to_another_call_is_refused_before_any(string name)
    {
        await using var fake = await FakeEngineServer.StartAsync(200, "{}");

        (await Should.ThrowAsync<EngineException>(() => fake.Client.Images.InspectAsync(name, never))).Kind.ShouldBe(EngineFailure.BadRequest);
        fake.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_name_holds_stays_in_its_segment()
    {
        EngineCall.Get("images", "registry:5000/a?x=1#y%2F", "json").With("q", "a&b=c").With("no", null).With("yes", true).Path
            .ShouldBe("/images/registry%3A5000%2Fa%3Fx%3D1%23y%252F/json?q=a%26b%3Dc&yes=1");
    }

    [Fact]
    public async Task A_body_leaves_out_what_is_not_given()
    {
        string? body = null;
        await using var fake = await FakeEngineServer.StartAsync(async context =>
        {
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await FakeEngineServer.WriteAsync(context, 201, """{"Id":"abc","Warnings":[]}""");
        });

        var id = await fake.Client.Containers.CreateAsync("a name", new ContainerSpec("image") { HostConfig = new HostConfig { NetworkMode = "none" } }, never);

        id.ShouldBe("abc");
        fake.Calls.Last().ShouldBe("POST /v1.41/containers/create?name=a name");
        body.ShouldBe("""{"Image":"image","OpenStdin":false,"StdinOnce":false,"AttachStdin":false,"HostConfig":{"NetworkMode":"none"}}""");
    }
}
