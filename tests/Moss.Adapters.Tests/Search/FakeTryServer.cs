using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.AgentTools.Try;
using Moss.Testing;

namespace Moss.Adapters.Tests.Search;

/// <summary>
/// The try protocol on a real socket, for one Python file of a work tree whose <c>solve</c> is called with a scenario's
/// input. Remembers what it was asked.
/// </summary>
internal sealed class FakeTryServer : IAsyncDisposable
{
    public const string Program = "program.py";
    private const double DeclaredTimeout = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ImmutableSortedDictionary<string, (JsonNode? Input, JsonNode? Expected)> _scenarios;
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Task _accepting;

    /// <param name="work">The work tree.</param>
    /// <param name="scenarios">Id, arguments as a JSON array, expected answer as JSON; an object is scored by its members.</param>
    public FakeTryServer(TemporaryFolder work, params ReadOnlySpan<(string Id, string Arguments, string Expected)> scenarios)
    {
        Work = work;
        _scenarios = scenarios.ToArray().ToImmutableSortedDictionary(s => s.Id, s => (JsonNode.Parse(s.Arguments), JsonNode.Parse(s.Expected)), StringComparer.Ordinal);
        Socket = _folder.Combine("try.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Socket));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public TemporaryFolder Work { get; }

    public string Socket { get; }

    public IEnumerable<string> Ids => _scenarios.Keys;

    /// <summary>Every scenario id that somebody asked for by name.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Every text of the program that was replayed.</summary>
    public ConcurrentDictionary<string, int> Replayed { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                _serving.Add(ServeAsync(connection));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        using var reader = new StreamReader(stream);
        using var worker = new PythonWorker();
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                var response = await AnswerAsync(JsonSerializer.Deserialize<TryRequest>(line, Wire.Options)!, worker);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(response, Wire.Options) + "\n"));
            }
        }
        catch (IOException)
        {
            // The client went away in the middle.
        }
    }

    private async Task<TryResponse> AnswerAsync(TryRequest request, PythonWorker worker)
    {
        foreach (var id in request.Scenarios)
        {
            Asked.AddOrUpdate(id, 1, (_, count) => count + 1);
            if (!_scenarios.ContainsKey(id))
            {
                return new TryResponse([]) { Error = $"there is no scenario '{id}' to try" };
            }
        }

        var results = ImmutableArray.CreateBuilder<TryResult>();
        foreach (var id in request.Scenarios.IsEmpty ? [.. _scenarios.Keys] : request.Scenarios)
        {
            results.Add(await ReplayAsync(id, request, worker));
            if (request.StopAtFailure && !results[^1].Passed)
            {
                break;
            }
        }

        return new TryResponse(results.ToImmutable());
    }

    private async Task<TryResult> ReplayAsync(string id, TryRequest request, PythonWorker worker)
    {
        var text = request.Overlay.GetValueOrDefault(Program) ?? await File.ReadAllTextAsync(Work.Combine(Program));
        Replayed.AddOrUpdate(text, 1, (_, count) => count + 1);
        var (input, expected) = _scenarios[id];
        var seconds = request.TimeoutSeconds > 0 ? Math.Min(request.TimeoutSeconds, DeclaredTimeout) : DeclaredTimeout;
        var job = new JsonObject
        {
            ["name"] = Program, ["text"] = text, ["input"] = input?.DeepClone(), ["expected"] = expected?.DeepClone(), ["seconds"] = seconds,
        };
        var answer = JsonNode.Parse(await worker.AskAsync(job.ToJsonString()))!;
        var outcome = (string)answer["outcome"]!;
        ImmutableArray<int> lines = [.. answer["lines"]!.AsArray().Select(l => (int)l!)];
        return new TryResult(id, outcome, (double)answer["score"]!, (string)answer["note"]!, outcome == "timedOut" ? seconds : 0.02)
        {
            Coverage = request.Coverage
                ? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty.Add(Program, lines)
                : ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty,
            Trace = request.Trace ? new ReplayTrace("", (string)answer["error"]!, "", "") : null,
        };
    }
}
