using System.Globalization;
using System.Net.Http.Json;
using Moss.Processes;
using Moss.Testing;

namespace Moss.EndToEnd.Tests.Substrates;

/// <summary>What a test may choose about a till.</summary>
internal sealed record TillSettings
{
    /// <summary>Program and arguments of the agent.</summary>
    public string Agent { get; init; } = "[python3, \"{workspace}/agent.py\"]";

    public string AgentTimeout { get; init; } = "60s";

    public string TrialTimeout { get; init; } = "20s";

    /// <summary>It has a second defect, which fails in scenarios of its own; a repair of one is no repair of the other.</summary>
    public bool HasTips { get; init; }

    /// <summary>Public key of ada, without whose signature nothing is promoted; null where nothing has to be signed.</summary>
    public string? Approver { get; init; }

    /// <summary>What fails and is reported, and what fails and is held out, is seen by a judge alone.</summary>
    public bool IsJudged { get; init; }
}

/// <summary>A substrate in a repository of its own: two scenarios fail and are reported, one more fails and one passes, held out.</summary>
internal sealed class Till : IDisposable
{
    /// <summary>Variable by which everything that runs for this substrate is found.</summary>
    public const string MarkVariable = "TILL_MARK";

    private const string StateVariable = "MOSS_STATE";

    private readonly TemporaryRepository repository;
    private readonly HttpClient http = new();
    private readonly int port = FreePorts.Take();

    public Till(string name, string desk, string state, TillSettings settings)
    {
        (Name, State) = (name, state);
        repository = new TemporaryRepository(
        [
            ("moss.yaml", Declaration(desk, settings)),
            ("till/__init__.py", ""),
            (TillSource.PriceFile, TillSource.BrokenPrice),
            (TillSource.TrialFile, settings.HasTips ? TillSource.TipTrial : TillSource.Trial),
            (TillSource.ServiceFile, TillSource.Service),
            (TillSource.AgentFile, TillSource.Agent),
            ("scenarios/tenth.json", Failing("tenth", "[100, 100]", 10, 180)),
            ("scenarios/half.json", Failing("half", "[50]", 50, 25)),
            ("scenarios/quarter.json", Failing("quarter", "[80, 20]", 25, 75)),
            ("scenarios/nothing.json", TillSource.Scenario("nothing", settings.HasTips ? "[0, 0]" : "[5, 6]", 0, settings.HasTips ? 0 : 11)),
            .. settings.HasTips ? Tips : [],
        ]);

        string Failing(string id, string prices, int percent, int total) =>
            settings.IsJudged ? TillSource.JudgedScenario(id, prices, percent, total) : TillSource.Scenario(id, prices, percent, total);
    }

    public string Name { get; }

    /// <summary>State folder of its deployment.</summary>
    public string State { get; }

    public TemporaryRepository Repository => repository;

    public string Mark { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is reported.</summary>
    public static IReadOnlyList<string> Batch { get; } = ["half", "tenth"];

    /// <summary>What is reported of tips.</summary>
    public static IReadOnlyList<string> TipBatch { get; } = ["five-for-the-waiter", "three-for-the-waiter"];

    private static IEnumerable<(string, string)> Tips =>
    [
        (TillSource.TipFile, TillSource.BrokenTip),
        ("scenarios/five-for-the-waiter.json", TillSource.Scenario("five-for-the-waiter", "[200]", 5, 10)),
        ("scenarios/three-for-the-waiter.json", TillSource.Scenario("three-for-the-waiter", "[400]", 3, 12)),
    ];

    public Task<TillHealth> HealthAsync() => AskAsync(HttpMethod.Get);

    public Task<TillHealth> SellAsync() => AskAsync(HttpMethod.Post);

    /// <summary>Processes of its agents, trials, builds: everything but the deployed service.</summary>
    public IReadOnlyList<ProcessIdentity> Workers() => ProcessTable.StartedWith(MarkVariable, Mark);

    /// <summary>Processes of its deployed service; each is one.</summary>
    public IReadOnlyList<ProcessIdentity> Instances() => ProcessTable.StartedWith(StateVariable, State);

    public void Dispose()
    {
        foreach (var instance in Instances())
        {
            ProcessTable.Kill(instance.Pid);
        }

        http.Dispose();
        repository.Dispose();
    }

    private async Task<TillHealth> AskAsync(HttpMethod method)
    {
        using var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        using var answer = await http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<TillHealth>())!;
    }

    private string Declaration(string desk, TillSettings settings) => $$"""
        name: {{Name}}
        scope:
          editable: [{{TillSource.PriceFile}}, {{TillSource.ServiceFile}}{{(settings.HasTips ? $", {TillSource.TipFile}" : "")}}]
        build:
          command: [python3, -m, compileall, -q, till]
          environment: { {{MarkVariable}}: "{{Mark}}" }
        smoke:
          command: [python3, -c, "import till.price"]
          environment: { {{MarkVariable}}: "{{Mark}}" }
        trial:
          command: [python3, -m, till.trial]
          timeout: {{settings.TrialTimeout}}
          environment: { {{MarkVariable}}: "{{Mark}}" }
        deploy:
          command: [python3, -m, till.serve]
          environment: { DESK: "{{desk}}" }
          port: {{port}}
          probes: [{ http: { path: / } }]
          window: 20s
          interval: 100ms
          passes: 3
          minimumHealthy: 0s
          grace: 2s
        agents:
          default: scripted
          commands:
            scripted:
              command: {{settings.Agent}}
              network: true
              environment: { DESK: "{{desk}}", {{MarkVariable}}: "{{Mark}}" }
        verdict:
          generalisation: {{(settings.HasTips ? 0 : 1)}}
        budget:
          agentTimeout: {{settings.AgentTimeout}}
        {{(settings.Approver is { } key ? $"consent: {{ approvers: [{{ name: ada, key: \"{key}\" }}], requesterMayApprove: false }}" : "")}}
        {{(settings.IsJudged ? "judge: { model: { upstream: stub, name: m }, votes: 3 }" : "")}}

        """;
}

/// <summary>What the service says.</summary>
/// <param name="Sample">90 when it is repaired, 99 when it is not.</param>
/// <param name="Sales">Kept in its state.</param>
internal sealed record TillHealth(int Sample, int Sales);
