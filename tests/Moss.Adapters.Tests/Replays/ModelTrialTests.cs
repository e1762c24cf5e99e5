using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Sandboxed;

namespace Moss.Adapters.Tests.Replays;

/// <summary>A trial in the real sandbox that asks a model through the socket, and nothing else.</summary>
public sealed class ModelTrialTests
{
    private const string Client = """
        import http.client, json, os, socket
        class Model(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.socket(socket.AF_UNIX)
                self.sock.connect(os.environ['MOSS_MODEL_SOCKET'])
        def ask():
            model = Model('model')
            model.request('POST', os.environ['MOSS_MODEL_BASE'] + '/chat/completions', json.dumps({'model': 'm', 'max_tokens': 100}),
                {'Authorization': 'Bearer ' + os.environ['MOSS_MODEL_TOKEN']})
            answer = model.getresponse()
            return answer.status, answer.read().decode()
        def answer(value):
            json.dump(value, open(os.environ['MOSS_OUT'] + '/answer.json', 'w'))

        """;

    [Fact]
    public async Task It_asks_its_model_and_reaches_nothing_else()
    {
        await using var proxy = await ProxyBench.StartAsync();
        var lease = await proxy.OpenAsync();
        using var bench = new ReplayBench();

        var replay = await bench.ReplayAsync(Client + $$"""
            try: reached = str(socket.create_connection(('127.0.0.1', {{new Uri(proxy.Model.Address).Port}}), 5))
            except OSError as refused: reached = type(refused).__name__
            told = json.loads(ask()[1])['choices'][0]['message']['content']
            print(reached, told, socket.if_nameindex())
            answer('ok')
            """, request => request with { Model = Way(lease) });

        replay.Outcome.ShouldBe(TrialOutcome.Passed, replay.Note + replay.Trace.Error);
        replay.Trace.Output.ShouldBe("ConnectionRefusedError hello [(1, 'lo')]\n");
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_cut_at_its_share()
    {
        await using var proxy = await ProxyBench.StartAsync();
        var lease = await proxy.OpenAsync(dollars: 0.02m);
        using var bench = new ReplayBench();

        var replay = await bench.ReplayAsync(Client + "print([ask()[0] for _ in range(3)])\nanswer('ok')\n", request => request with { Model = Way(lease) });

        replay.Trace.Output.ShouldBe("[200, 402, 402]\n");
        await lease.SettleAsync(CancellationToken.None);
        lease.Spending.Refused.ShouldBe(2);
    }

    private static TrialModel Way(Moss.ModelProxy.IModelLease lease) => new(lease.SocketPath, ImmutableSortedDictionary<string, string>.Empty
        .Add("MOSS_MODEL_SOCKET", TrialPaths.Model).Add("MOSS_MODEL_TOKEN", lease.Token).Add("MOSS_MODEL_BASE", lease.BasePath));
}
