using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Trying;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

public sealed class TryServerTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder root = new();
    private readonly CancellationTokenSource leaseEnds = new();
    private readonly ScriptedReplayer replayer = new();
    private TryServer server = null!;

    public Task InitializeAsync()
    {
        root.Write("tree/agent/a.py", "old");
        foreach (var file in new[] { "secret.lock", "moss.yaml", "scenarios/one.json", ".git/config" })
        {
            root.Write($"tree/{file}", "x");
        }

        server = TryServer.Start(
            new(Socket, root.Combine("tree"), new TrialStep(["run"]) { Timeout = TimeSpan.FromSeconds(8) }, [Scenario("one"), Scenario("two"), Scenario("three")], root.Combine("graders"), "scenarios")
            {
                Parallelism = 2,
                IsProtected = path => path.EndsWith(".lock", StringComparison.Ordinal),
            },
            replayer, leaseEnds.Token);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose()
    {
        leaseEnds.Dispose();
        root.Dispose();
    }

    [Fact]
    public async Task All_of_the_batch_is_replayed_when_no_scenario_is_named()
    {
        using var client = new Client(Socket);
        var response = await client.AskAsync("""{"scenarios":[]}""");
        response.Error.ShouldBeNull();
        response.Results.Select(result => (result.Scenario, result.Outcome, result.Score)).ShouldBe([("one", "passed", 1), ("two", "passed", 1), ("three", "passed", 1)]);
        server.Replays.ShouldBe(3);
    }

    [Fact]
    public async Task A_request_reaches_the_replayer_as_it_was_meant()
    {
        replayer.Run = (_, _) => Task.FromResult(new Replay(TrialOutcome.TimedOut, 0.25, [new("k", 0.25, "slow")])
        {
            Note = "slow",
            Duration = TimeSpan.FromSeconds(1.5),
            Coverage = ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty.Add("agent/a.py", [1, 2]),
            Trace = new("out", "err", "talk", "answer"),
        });
        using var client = new Client(Socket);
        var response = await client.AskAsync("""{"scenarios":["two"],"overlay":{"agent/a.py":"new"},"coverage":true,"timeoutSeconds":2.5,"trace":true}""");

        var result = response.Results.ShouldHaveSingleItem();
        (result.Scenario, result.Outcome, result.Score, result.Note, result.Seconds).ShouldBe(("two", "timedOut", 0.25, "slow", 1.5));
        result.Keypoints["k"].ShouldBe(0.25);
        result.Coverage["agent/a.py"].ShouldBe([1, 2]);
        result.Trace.ShouldBe(new ReplayTrace("out", "err", "talk", "answer"));
        var request = replayer.Requests.ShouldHaveSingleItem();
        request.Source.ShouldBe(new ReplaySource.Tree(root.Combine("tree")));
        request.GraderFolder.ShouldBe(root.Combine("graders"));
        request.Hidden.ShouldBe(["scenarios"]);
        request.Overlay["agent/a.py"].ShouldBe("new");
        request.WithCoverage.ShouldBeTrue();
        request.Timeout.ShouldBe(TimeSpan.FromSeconds(2.5));
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("1e9", 8)]
    public async Task The_declared_timeout_is_the_longest(string asked, int? given)
    {
        using var client = new Client(Socket);
        await client.AskAsync($$"""{"scenarios":["one"],"timeoutSeconds":{{asked}}}""");
        replayer.Requests.ShouldHaveSingleItem().Timeout.ShouldBe(given is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    [Theory]
    [InlineData("""{"scenarios":["held-out"]}""", "there is no scenario 'held-out' to try; use one, two, three")]
    [InlineData("""{"scenarios":[null]}""", "scenarios has a null; list ids")]
    [InlineData("""{"scenarios":"one"}""", "$.scenarios has the wrong type")]
    [InlineData("""{"scenarios":[],"timeoutSeconds":-1}""", "timeoutSeconds must be 0")]
    [InlineData("""{"scenarios":[],"overlay":{"../a":"x"}}""", "overlay '../a' must not contain")]
    [InlineData("""{"scenarios":[],"overlay":{"/etc/passwd":"x"}}""", "overlay '/etc/passwd' is not a path below the work tree")]
    [InlineData("""{"scenarios":[],"overlay":{"agent":"x"}}""", "overlay 'agent' is a folder")]
    [InlineData("""{"scenarios":[],"overlay":{"agent/new.py":"x"}}""", "overlay 'agent/new.py' is not in the work tree")]
    [InlineData("""{"scenarios":[],"overlay":{"moss.yaml":"x"}}""", "overlay 'moss.yaml' is protected")]
    [InlineData("""{"scenarios":[],"overlay":{"scenarios/one.json":"x"}}""", "overlay 'scenarios/one.json' is protected")]
    [InlineData("""{"scenarios":[],"overlay":{".git/config":"x"}}""", "overlay '.git/config' is protected")]
    [InlineData("""{"scenarios":[],"overlay":{"secret.lock":"x"}}""", "overlay 'secret.lock' is protected")]
    [InlineData("""{"scenarios":[],"overlay":{"agent/a.py":null}}""", "overlay 'agent/a.py' has no content")]
    [InlineData("null", "the request is null")]
    [InlineData("hello", "the request is not valid JSON")]
    public async Task A_request_that_may_not_be_is_refused_and_the_connection_goes_on(string request, string error)
    {
        using var client = new Client(Socket);
        var refused = await client.AskAsync(request);
        refused.Error.ShouldNotBeNull().ShouldStartWith(error);
        refused.Results.ShouldBeEmpty();
        server.Replays.ShouldBe(0);
        (await client.AskAsync("""{"scenarios":["one"]}""")).Results.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        using var client = new Client(Socket);
        await client.SendAsync([.. "{\"scenarios\":[\""u8, 0xff, .. "\"]}\n"u8]);
        (await client.ReadAsync())!.Error.ShouldNotBeNull().ShouldContain("not valid UTF-8");
    }

    [Fact]
    public async Task A_request_without_end_is_refused_and_its_connection_closed()
    {
        using var client = new Client(Socket);
        var sending = client.SendAsync(new byte[TryProtocol.MaximumRequestBytes + 64 * 1024]);
        (await client.ReadAsync())!.Error.ShouldNotBeNull().ShouldContain("at most 4,194,304 bytes");
        await Task.WhenAny(sending).WaitAsync(Patience);
    }

    [Fact]
    public async Task An_overlay_of_megabytes_arrives_whole()
    {
        using var client = new Client(Socket);
        var content = new string('x', 3_000_000);
        await client.AskAsync(JsonSerializer.Serialize(new { scenarios = new[] { "one" }, overlay = new Dictionary<string, string> { ["agent/a.py"] = content } }));
        replayer.Requests.ShouldHaveSingleItem().Overlay["agent/a.py"].Length.ShouldBe(3_000_000);
    }

    [Fact]
    public async Task The_first_failure_ends_a_request_that_says_so()
    {
        replayer.Run = (request, _) => Task.FromResult(new Replay(request.Scenario.Id == "two" ? TrialOutcome.Failed : TrialOutcome.Passed, 1, []));
        using var client = new Client(Socket);
        var response = await client.AskAsync("""{"scenarios":[],"stopAtFailure":true}""");
        response.Results.Select(result => (result.Scenario, result.Outcome)).ShouldBe([("one", "passed"), ("two", "failed")]);
    }

    [Fact]
    public async Task Several_connections_share_the_cap_on_replays()
    {
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        replayer.Run = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 2)
            {
                full.TrySetResult();
            }

            await go.Task;
            Interlocked.Decrement(ref running);
            return new Replay(TrialOutcome.Passed, 1, []);
        };
        using var first = new Client(Socket);
        using var second = new Client(Socket);
        var answers = Task.WhenAll(first.AskAsync("""{"scenarios":[]}"""), second.AskAsync("""{"scenarios":[]}"""));
        await full.Task.WaitAsync(Patience);
        go.SetResult();
        (await answers).Sum(response => response.Results.Length).ShouldBe(6);
        most.ShouldBe(2);
        server.Replays.ShouldBe(6);
    }

    [Fact]
    public async Task The_end_of_the_lease_ends_what_runs_and_removes_the_socket()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        replayer.Run = async (_, token) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                cancelled.TrySetResult();
            }

            throw new InvalidOperationException();
        };
        using var client = new Client(Socket);
        var answer = client.AskAsync("""{"scenarios":["one"]}""", mayEnd: true);
        await begun.Task.WaitAsync(Patience);
        await leaseEnds.CancelAsync();
        await cancelled.Task.WaitAsync(Patience);
        await server.DisposeAsync();
        await Should.ThrowAsync<IOException>(async () => await answer);
        File.Exists(Socket).ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_goes_away_does_no_harm()
    {
        using (var rude = new Client(Socket))
        {
            await rude.SendAsync("{\"scenarios\":[\"one\"]}\n{\"scen"u8.ToArray());
        }

        using var client = new Client(Socket);
        (await client.AskAsync("""{"scenarios":["one"]}""")).Results.ShouldHaveSingleItem();
    }

    private string Socket => root.Combine("try.sock");

    private static Scenario Scenario(string id) => new(id, id, null, [new Grader.Exact("k", 1)]);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed class ScriptedReplayer : IReplayer
    {
        public ConcurrentQueue<ReplayRequest> Requests { get; } = [];

        public Func<ReplayRequest, CancellationToken, Task<Replay>> Run { get; set; } = (_, _) => Task.FromResult(new Replay(TrialOutcome.Passed, 1, []));

        public Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
        {
            Requests.Enqueue(request);
            return Run(request, cancellationToken);
        }
    }

    private sealed class Client : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly StreamReader reader;

        public Client(string path)
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            reader = new(new NetworkStream(socket), Encoding.UTF8);
        }

        public async Task<TryResponse> AskAsync(string line, bool mayEnd = false)
        {
            await SendAsync(Encoding.UTF8.GetBytes(line + "\n"));
            return await ReadAsync() ?? throw (mayEnd ? new IOException("closed") : new ShouldAssertException("the server closed the connection"));
        }

        public async Task SendAsync(byte[] bytes)
        {
            try
            {
                for (var sent = 0; sent < bytes.Length;)
                {
                    sent += await socket.SendAsync(bytes.AsMemory(sent));
                }
            }
            catch (SocketException)
            {
                // The server has closed its end.
            }
        }

        public async Task<TryResponse?> ReadAsync()
        {
            var line = await reader.ReadLineAsync().WaitAsync(Patience);
            return line is null ? null : JsonSerializer.Deserialize<TryResponse>(line, TryProtocol.Json);
        }

        public void Dispose()
        {
            reader.Dispose();
            socket.Dispose();
        }
    }
}
