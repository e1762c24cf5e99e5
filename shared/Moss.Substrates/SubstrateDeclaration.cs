using System.Collections.Immutable;

namespace Moss.Substrates;

/// <summary>What a substrate says about itself in <c>moss.yaml</c>, checked and with defaults filled in.</summary>
/// <param name="Name">1 to 40 of <c>a-z 0-9 -</c>; names the substrate everywhere.</param>
public sealed record SubstrateDeclaration(string Name)
{
    /// <summary>Branch that a person owns; Moss starts from it and writes it only through oversight.</summary>
    public string StableBranch { get; init; } = "main";

    /// <summary>Which files a candidate may change and how much.</summary>
    public EditScope Scope { get; init; } = new();

    /// <summary>Runs once on the candidate's tree before any trial; null when there is nothing to build.</summary>
    public CommandStep? Build { get; init; }

    /// <summary>A short run that shows that the candidate starts at all.</summary>
    public CommandStep? Smoke { get; init; }

    /// <summary>The substrate's own tests.</summary>
    public CommandStep? Tests { get; init; }

    /// <summary>How a commit becomes an image, for engines that run images; null when they mount the tree.</summary>
    public ImageStep? Image { get; init; }

    /// <summary>How one scenario is replayed.</summary>
    public required TrialStep Trial { get; init; }

    /// <summary>Folder of scenario files in the repository.</summary>
    public string Scenarios { get; init; } = "scenarios";

    /// <summary>How the substrate runs in production; null when a promotion is the branch alone (a library).</summary>
    public DeployStep? Deploy { get; init; }

    /// <summary>Which coding agent plays which role.</summary>
    public AgentChoice Agents { get; init; } = new();

    /// <summary>Ceilings of one evolution.</summary>
    public BudgetDeclaration Budget { get; init; } = new();

    /// <summary>What the verdict asks for.</summary>
    public VerdictDeclaration Verdict { get; init; } = new();

    /// <summary>Who judges keypoints that no deterministic grader can see; null for nobody.</summary>
    public JudgeDeclaration? Judge { get; init; }

    /// <summary>Who has to sign before a candidate is promoted; null when consent needs no signature.</summary>
    public ConsentDeclaration? Consent { get; init; }

    /// <summary>How people look over what was promoted; null when nobody does and Moss never writes the stable branch.</summary>
    public OversightDeclaration? Oversight { get; init; }
}

/// <summary>Globs are relative to the repository; <c>**</c> crosses folders. Protected wins over editable.</summary>
public sealed record EditScope
{
    /// <summary>What a candidate may change.</summary>
    public ImmutableArray<string> Editable { get; init; } = ["**"];

    /// <summary>What it never may; moss.yaml, the scenarios folder and .git are always in.</summary>
    public ImmutableArray<string> Protected { get; init; } = [];

    /// <summary>Files whose change means a new dependency (requirements.txt, *.csproj and the like).</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>Most files that one candidate may change.</summary>
    public int MaxFiles { get; init; } = 20;

    /// <summary>Most lines added and removed together.</summary>
    public int MaxLines { get; init; } = 800;
}

/// <summary>A command run in a sandbox on the source tree.</summary>
public record CommandStep(ImmutableArray<string> Command)
{
    /// <summary>Relative to the source tree.</summary>
    public string WorkingDirectory { get; init; } = ".";

    /// <summary>Wall clock.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Environment of the command.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>
/// How a commit becomes an image. What stands in it counts as it is at the base commit, the file of instructions too: a candidate
/// cannot change how it is built.
/// </summary>
/// <param name="Dockerfile">The file with the instructions, relative to the repository.</param>
public sealed record ImageStep(string Dockerfile)
{
    /// <summary>Values for its ARG instructions; they stay readable in the image, so no secrets.</summary>
    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when its RUN instructions, which run what a candidate wrote, may use the network.</summary>
    public bool Network { get; init; }

    /// <summary>Wall clock of a build.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>
/// How one scenario is replayed. The command finds the scenario at <c>/moss/scenario.json</c> and writes
/// <c>/moss/out/answer.json</c> and <c>/moss/out/transcript.jsonl</c>.
/// </summary>
public sealed record TrialStep(ImmutableArray<string> Command) : CommandStep(Command)
{
    /// <summary>Bytes of memory of one trial.</summary>
    public long MemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Processes and threads of one trial.</summary>
    public int Processes { get; init; } = 32;

    /// <summary>Language whose line coverage Moss can collect cheaply (<c>python</c>); null for none.</summary>
    public string? Coverage { get; init; }

    /// <summary>The model that it asks through a unix socket; null for none. Its variables are told the socket, not a URL.</summary>
    public ModelAccess? Model { get; init; }
}

/// <summary>Names of coding agents by role; the default plays every role that is not named.</summary>
public sealed record AgentChoice
{
    /// <summary>Plays every role that has no agent of its own.</summary>
    public string Default { get; init; } = "search";

    /// <summary>Role (locate, plan, review-plan, implement, review-code, judge, propose-verdict) to agent.</summary>
    public ImmutableSortedDictionary<string, string> Roles { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Who is asked instead, in this order, when an agent cannot be had: its program or its model is not there.</summary>
    public ImmutableArray<string> Fallback { get; init; } = [];

    /// <summary>Settings of <c>command</c> agents by name.</summary>
    public ImmutableSortedDictionary<string, CommandAgent> Commands { get; init; } = ImmutableSortedDictionary<string, CommandAgent>.Empty;

    /// <summary>Models of the agents that Moss knows by name, where they are not the usual ones.</summary>
    public ImmutableSortedDictionary<string, AgentModel> Models { get; init; } = ImmutableSortedDictionary<string, AgentModel>.Empty;

    /// <summary>The agent that plays a role.</summary>
    public string For(string role) => Roles.GetValueOrDefault(role, Default);
}

/// <summary>Which model an agent that Moss knows by name asks, and where.</summary>
public sealed record AgentModel
{
    /// <summary>Its name in the settings of Moss, <c>Moss:Models</c>; null for the usual one of the agent.</summary>
    public string? Upstream { get; init; }

    /// <summary>The name of the model, as its server knows it; null for the usual one of the agent.</summary>
    public string? Name { get; init; }
}

/// <summary>Any CLI as a coding agent.</summary>
/// <param name="Command">Argument template: <c>{prompt-file}</c>, <c>{workspace}</c>, <c>{report}</c>, <c>{role}</c> are replaced.</param>
public sealed record CommandAgent(ImmutableArray<string> Command)
{
    /// <summary>True when the prompt is written to standard input.</summary>
    public bool PromptOnStandardInput { get; init; } = true;

    /// <summary>Environment of the agent.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when it must reach the network of the host (its model).</summary>
    public bool Network { get; init; }

    /// <summary>The model that it asks through Moss, with no network of its own; null for none.</summary>
    public ModelAccess? Model { get; init; }
}

/// <summary>A model that a program asks through Moss alone.</summary>
/// <param name="Upstream">Its name in the settings of Moss, <c>Moss:Models</c>.</param>
public sealed record ModelAccess(string Upstream)
{
    /// <summary>As the value of a variable: the base URL.</summary>
    public const string Url = "url";

    /// <summary>As the value of a variable: the path of the unix socket, for trials.</summary>
    public const string Socket = "socket";

    /// <summary>As the value of a variable: the key, good for this one run.</summary>
    public const string Token = "token";

    /// <summary>Variables of the program that are told what it needs to know: <see cref="Url"/>, <see cref="Socket"/> or <see cref="Token"/>.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Ceilings of one evolution; null leaves the depth's own.</summary>
public sealed record BudgetDeclaration
{
    /// <summary>Money in US dollars that all agent calls may cost together.</summary>
    public decimal? Dollars { get; init; }

    /// <summary>Money in US dollars that one stage may cost, each of its rounds anew.</summary>
    public decimal? DollarsPerStage { get; init; }

    /// <summary>Money in US dollars that all evolutions that start on one day, UTC, may cost together.</summary>
    public decimal? DollarsPerDay { get; init; }

    /// <summary>Wall clock of the whole evolution.</summary>
    public TimeSpan? WallClock { get; init; }

    /// <summary>Wall clock of one agent call.</summary>
    public TimeSpan AgentTimeout { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>What the verdict asks for.</summary>
public sealed record VerdictDeclaration
{
    /// <summary>Chance, over the whole evolution, to promote a change that does nothing.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>How far the pass rate of a corpus scenario may fall.</summary>
    public double RegressionMargin { get; init; }

    /// <summary>Share of held-out scenarios that fail at baseline and must pass on the candidate.</summary>
    public double Generalisation { get; init; } = 1.0;

    /// <summary>Fewest different failures, of the batch or held out, that a promoted change repairs.</summary>
    public int LeastFailures { get; init; } = 1;
}
