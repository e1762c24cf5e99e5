using Moss.Artifacts;
using Moss.Cli.Api;
using Moss.Contracts;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Substrates;
using Moss.Processes;
using Moss.ServiceDefaults.Stages;
using Moss.Testing;

namespace Moss.EndToEnd.Tests.Hosting;

/// <summary>A data folder, the Moss that works on it now, the substrates made for it and the desk of their agents.</summary>
public sealed class MossBench : IRunningMoss, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<Till> tills = [];
    private readonly List<ProcessIdentity> lives = [];
    private HttpClient? http;
    private MossProcess? moss;

    internal AgentDesk Desk { get; private set; } = null!;

    internal MossClient Client { get; private set; } = null!;

    MossClient IRunningMoss.Client => Client;

    /// <summary>Settings of every Moss that is started from now on, as arguments.</summary>
    internal IReadOnlyList<string> Settings { get; set; } = [];

    internal string Data => folder.Combine("data");

    /// <summary>Every Moss that was started here.</summary>
    internal IReadOnlyList<ProcessIdentity> Lives => lives;

    /// <summary>Warnings and errors of all of them.</summary>
    internal string Complaints => string.Join('\n', File.ReadLines(Path.Combine(Data, "logs", "moss.log"))
        .Where(line => line.Contains(" Warning ", StringComparison.Ordinal) || line.Contains(" Error ", StringComparison.Ordinal)));

    public async Task InitializeAsync()
    {
        Desk = await AgentDesk.OpenAsync(IsStoredAsync);
        await StartMossAsync();
    }

    /// <summary>A substrate of its own for a test, and how its agent behaves.</summary>
    internal Till Till(string name, AgentScript script, TillSettings? settings = null)
    {
        var till = new Till(name, Desk.Url, Path.Combine(Data, "deployments", name, "state"), settings ?? new TillSettings());
        tills.Add(till);
        Desk.Play(name, script);
        return till;
    }

    internal async Task StartMossAsync()
    {
        moss = await MossProcess.StartAsync(Data, folder.Path, Settings);
        lives.Add(moss.Identity);
        http?.Dispose();
        http = new HttpClient { BaseAddress = moss.Url, Timeout = Timeout.InfiniteTimeSpan };
        Client = new MossClient(http);
    }

    internal async Task KillMossAsync()
    {
        await moss!.KillAsync();
        await moss.DisposeAsync();
        moss = null;
    }

    internal async Task<int> StopMossAsync()
    {
        var code = await moss!.StopAsync();
        await moss.DisposeAsync();
        moss = null;
        return code;
    }

    /// <summary>Stores the answer of a stage as a worker does right before it tells of it.</summary>
    internal Task StoreAsync(StageReference stage, object answer) => Ledger.KeepAsync(stage.Key(), StoredAnswer.Of(answer), CancellationToken.None);

    internal async Task<bool> IsStoredAsync(string key) =>
        await Ledger.FindAsync<StoredAnswer>(key, CancellationToken.None) is not null;

    public async Task DisposeAsync()
    {
        if (moss is not null)
        {
            await moss.DisposeAsync();
        }

        foreach (var till in tills)
        {
            till.Dispose();
        }

        await Desk.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        http?.Dispose();
        folder.Dispose();
    }

    private FileStageLedger Ledger => new(Path.Combine(Data, "artifacts", "ledger"), TimeProvider.System);
}
