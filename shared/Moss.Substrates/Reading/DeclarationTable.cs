using System.Collections.Immutable;

namespace Moss.Substrates.Reading;

/// <summary>Every key of <c>moss.yaml</c>: how it is read, its range, where it goes. Defaults are those of the records.</summary>
internal static class DeclarationTable
{
    /// <summary>Roles that an agent can play.</summary>
    public static readonly ImmutableArray<string> Roles = ["locate", "plan", "review-plan", "implement", "review-code", "judge", "propose-verdict"];

    private static readonly ValueReader<string> Agent = Scalars.Text(TextRules.NameText, "the name of an agent, such as search");

    private static readonly Section<EditScope> Scope = new Section<EditScope>(new())
        .Optional("editable", Lists.Globs, (scope, value) => scope with { Editable = value })
        .Optional("protected", Lists.Globs, (scope, value) => scope with { Protected = value })
        .Optional("dependencies", Lists.Globs, (scope, value) => scope with { Dependencies = value })
        .Optional("maxFiles", Scalars.Whole(1, 1000), (scope, value) => scope with { MaxFiles = value })
        .Optional("maxLines", Scalars.Whole(1, 100_000), (scope, value) => scope with { MaxLines = value })
        .Rule(CrossChecks.SomethingIsEditable);

    private static readonly Section<TrialStep> Trial = Step(new TrialStep([]))
        .Optional("memory", Scalars.Size("16MiB", "1TiB"), (trial, value) => trial with { MemoryBytes = value })
        .Optional("processes", Scalars.Whole(1, 4096), (trial, value) => trial with { Processes = value })
        .Optional("coverage", Scalars.OneOf("python"), (trial, value) => trial with { Coverage = value })
        .Optional("model", Model(ModelAccess.Socket, ModelAccess.Token).Reader(), (trial, value) => trial with { Model = value })
        .Rule((trial, map, field) => CrossChecks.VariablesOnce(trial.Environment, trial.Model, map, field));

    private static readonly Section<ImageStep> Image = new Section<ImageStep>(new("Dockerfile"))
        .Optional("dockerfile", Scalars.Text(TextRules.Folder, "a file such as Dockerfile"), (image, value) => image with { Dockerfile = value })
        .Optional("arguments", Lists.Environment, (image, value) => image with { Arguments = value })
        .Optional("network", Scalars.Boolean, (image, value) => image with { Network = value })
        .Optional("timeout", Scalars.Duration("1s", "24h"), (image, value) => image with { Timeout = value });

    private static readonly Section<ContainerTarget> Container = new Section<ContainerTarget>(new(""))
        .Required("state", Scalars.Text(TextRules.ContainerFolder, "a folder such as /var/lib/desk"), (container, value) => container with { State = value })
        .Optional("memory", Scalars.Size("16MiB", "1TiB"), (container, value) => container with { MemoryBytes = value })
        .Optional("processes", Scalars.Whole(1, 65_536), (container, value) => container with { Processes = value });

    private static readonly Section<RehearsalStep> Rehearsal = new Section<RehearsalStep>(new([]))
        .Required("reads", Lists.Command, (rehearsal, value) => rehearsal with { Reads = value })
        .Optional("window", Scalars.Duration("1s", "24h"), (rehearsal, value) => rehearsal with { Window = value });

    private static readonly Section<SwapTarget> Swap = new Section<SwapTarget>(new())
        .Optional("container", Scalars.Text(TextRules.ContainerName, "the name of a container, such as redis"), (swap, value) => swap with { Container = value })
        .Optional("compose", Scalars.Text(TextRules.ComposeService, "a project and a service, such as shop/redis"), (swap, value) => swap with { Compose = value })
        .Optional("state", Scalars.Text(TextRules.ContainerFolder, "a folder such as /data"), (swap, value) => swap with { State = value })
        .Optional("snapshot", Scalars.Text(TextRules.ContainerFolder, "a folder such as /data").List("a list such as [/data]"), (swap, value) => swap with { Snapshot = value })
        .Optional("loses", Lists.Globs, (swap, value) => swap with { Loses = value })
        .Optional("rehearsal", Rehearsal.Reader(), (swap, value) => swap with { Rehearsal = value })
        .Rule(SwapChecks.OnePlace);

    private static readonly ValueReader<ImmutableArray<Probe>> Probes = ProbeTable.Probe.List("a list such as [http: { path: /health }]");

    private static readonly Section<StartupStep> Startup = new Section<StartupStep>(new())
        .Required("probes", Probes, (startup, value) => startup with { Probes = value })
        .Optional("window", Scalars.Duration("1s", "24h"), (startup, value) => startup with { Window = value });

    private static readonly Section<DeployStep> Deploy = new Section<DeployStep>(new([]))
        .Optional("command", Lists.Command, (deploy, value) => deploy with { Command = value })
        .Optional("environment", Lists.Environment, (deploy, value) => deploy with { Environment = value })
        .Optional("port", Scalars.Whole(1, 65_535), (deploy, value) => deploy with { Port = value })
        .Required("probes", Probes, (deploy, value) => deploy with { Probes = value })
        .Optional("window", Scalars.Duration("1s", "24h"), (deploy, value) => deploy with { Window = value })
        .Optional("interval", Scalars.Duration("50ms", "10m"), (deploy, value) => deploy with { Interval = value })
        .Optional("passes", Scalars.Whole(1, 100), (deploy, value) => deploy with { Passes = value })
        .Optional("minimumHealthy", Scalars.Duration("0s", "24h"), (deploy, value) => deploy with { MinimumHealthy = value })
        .Optional("startup", Startup.Reader(), (deploy, value) => deploy with { Startup = value })
        .Optional("liveness", Probes, (deploy, value) => deploy with { Liveness = value })
        .Optional("grace", Scalars.Duration("0s", "10m"), (deploy, value) => deploy with { Grace = value })
        .Optional("swap", Swap.Reader(), (deploy, value) => deploy with { Swap = value })
        .Optional("container", Container.Reader(), (deploy, value) => deploy with { Container = value })
        .Optional("watch", WatchTable.Watch.Reader(), (deploy, value) => deploy with { Watch = value })
        .Rule(CrossChecks.ProbesCanPass)
        .Rule(CrossChecks.PortForProbes)
        .Rule(SwapChecks.CommandOrSwap)
        .Rule(SwapChecks.ProbesFit);

    private static readonly Section<CommandAgent> Command = new Section<CommandAgent>(new([]))
        .Required("command", Lists.Command, (agent, value) => agent with { Command = value })
        .Optional("promptOnStandardInput", Scalars.Boolean, (agent, value) => agent with { PromptOnStandardInput = value })
        .Optional("environment", Lists.Environment, (agent, value) => agent with { Environment = value })
        .Optional("network", Scalars.Boolean, (agent, value) => agent with { Network = value })
        .Optional("model", Model(ModelAccess.Url, ModelAccess.Token).Reader(), (agent, value) => agent with { Model = value })
        .Rule(CrossChecks.OneWayToTheModel)
        .Rule((agent, map, field) => CrossChecks.VariablesOnce(agent.Environment, agent.Model, map, field));

    private static readonly Section<AgentModel> AskedModel = new Section<AgentModel>(new())
        .Optional("upstream", Scalars.Text(TextRules.NameText, "the name of a model in the settings of Moss, such as openai"), (model, value) => model with { Upstream = value })
        .Optional("name", Scalars.Text(TextRules.AgentModelName, "the name of a model, such as gpt-5.5"), (model, value) => model with { Name = value });

    private static readonly Section<AgentChoice> Agents = new Section<AgentChoice>(new())
        .Optional("default", Agent, (agents, value) => agents with { Default = value })
        .Optional("roles", Agent.Map(CrossChecks.RoleName(Roles), "a map such as { plan: codex }"), (agents, value) => agents with { Roles = value })
        .Optional("fallback", Agent.List("a list such as [codex, search]"), (agents, value) => agents with { Fallback = value })
        .Optional("commands", Command.Reader().Map(TextRules.Name, "a map from names to commands"), (agents, value) => agents with { Commands = value })
        .Optional("models", AskedModel.Reader().Map(TextRules.Name, "a map such as { codex: { name: gpt-5.5 } }"), (agents, value) => agents with { Models = value });

    private static readonly Section<BudgetDeclaration> Budget = new Section<BudgetDeclaration>(new())
        .Optional("dollars", Scalars.Money(1_000_000), (budget, value) => budget with { Dollars = value })
        .Optional("dollarsPerStage", Scalars.Money(1_000_000), (budget, value) => budget with { DollarsPerStage = value })
        .Optional("dollarsPerDay", Scalars.Money(1_000_000), (budget, value) => budget with { DollarsPerDay = value })
        .Optional("wallClock", Scalars.Duration("1s", "720h"), (budget, value) => budget with { WallClock = value })
        .Optional("agentTimeout", Scalars.Duration("1s", "24h"), (budget, value) => budget with { AgentTimeout = value });

    private static readonly Section<VerdictDeclaration> Verdict = new Section<VerdictDeclaration>(new())
        .Optional("alpha", Scalars.Number(0, 0.5, above: true), (verdict, value) => verdict with { Alpha = value })
        .Optional("regressionMargin", Scalars.Number(0, 1), (verdict, value) => verdict with { RegressionMargin = value })
        .Optional("generalisation", Scalars.Number(0, 1), (verdict, value) => verdict with { Generalisation = value })
        .Optional("leastFailures", Scalars.Whole(1, 1000), (verdict, value) => verdict with { LeastFailures = value });

    private static readonly Section<JudgeModel> JudgedBy = new Section<JudgeModel>(new("", ""))
        .Required("upstream", Scalars.Text(TextRules.NameText, "the name of a model server in the settings of Moss, such as openai"), (model, value) => model with { Upstream = value })
        .Required("name", Scalars.Text(TextRules.ModelName, "the name of a model, such as gpt-4.1-mini"), (model, value) => model with { Name = value });

    private static readonly Section<JudgeDeclaration> Judge = new Section<JudgeDeclaration>(new(new("", "")))
        .Required("model", JudgedBy.Reader(), (judge, value) => judge with { Model = value })
        .Optional("votes", Scalars.Whole(3, 15), (judge, value) => judge with { Votes = value })
        .Optional("maximumFlipRate", Scalars.Number(0, 0.5), (judge, value) => judge with { MaximumFlipRate = value })
        .Optional("minimumAgreement", Scalars.Number(0.5, 1), (judge, value) => judge with { MinimumAgreement = value })
        .Optional("timeout", Scalars.Duration("1s", "10m"), (judge, value) => judge with { Timeout = value })
        .Rule(CrossChecks.VotesAreOdd);

    private static readonly Section<DeclaredApprover> Approver = new Section<DeclaredApprover>(new("", ""))
        .Required("name", Scalars.Text(TextRules.NameText, "the name of a person, such as ada"), (approver, value) => approver with { Name = value })
        .Required("key", Scalars.Text(TextRules.ApproverKey, "the line that moss consent key printed"), (approver, value) => approver with { Key = value });

    private static readonly Section<ConsentDeclaration> Consent = new Section<ConsentDeclaration>(new([]))
        .Required("approvers", Approver.Reader().List("a list such as [{ name: ada, key: \"ed25519:…\" }]"), (consent, value) => consent with { Approvers = value })
        .Optional("quorum", Scalars.Whole(1, 100), (consent, value) => consent with { Quorum = value })
        .Optional("requesterMayApprove", Scalars.Boolean, (consent, value) => consent with { RequesterMayApprove = value })
        .Optional("validity", Scalars.Duration("1m", "168h"), (consent, value) => consent with { Validity = value })
        .Rule(CrossChecks.ApproversCanConsent);

    private static readonly Section<OversightDeclaration> Oversight = new Section<OversightDeclaration>(new())
        .Optional("period", Scalars.Duration("1m", "8760h"), (oversight, value) => oversight with { Period = value })
        .Optional("grace", Scalars.Duration("0s", "8760h"), (oversight, value) => oversight with { Grace = value })
        .Optional("approvers", Scalars.Text(TextRules.PersonName, "the name of a person, such as ada").List("a list such as [ada, grace]"), (oversight, value) => oversight with { Approvers = value })
        .Optional("signingKey", Scalars.Text(TextRules.SshPublicKey, "an SSH public key, such as ssh-ed25519 AAAA…"), (oversight, value) => oversight with { SigningKey = value });

    /// <summary>The file as a whole.</summary>
    public static Section<SubstrateDeclaration> Root { get; } = new Section<SubstrateDeclaration>(new("") { Trial = new([]) })
        .Required("name", Scalars.Text(TextRules.NameText, "a name such as desk-agent"), (root, value) => root with { Name = value })
        .Optional("stableBranch", Scalars.Text(TextRules.Branch, "a branch such as main"), (root, value) => root with { StableBranch = value })
        .Optional("scope", Scope.Reader(), (root, value) => root with { Scope = value })
        .Optional("build", Step(new CommandStep([])).Reader(), (root, value) => root with { Build = value })
        .Optional("smoke", Step(new CommandStep([])).Reader(), (root, value) => root with { Smoke = value })
        .Optional("tests", Step(new CommandStep([])).Reader(), (root, value) => root with { Tests = value })
        .Optional("image", Image.Reader(), (root, value) => root with { Image = value })
        .Required("trial", Trial.Reader(), (root, value) => root with { Trial = value })
        .Optional("scenarios", Scalars.Text(TextRules.Folder, "a folder such as scenarios"), (root, value) => root with { Scenarios = value })
        .Optional("deploy", Deploy.Reader(), (root, value) => root with { Deploy = value })
        .Optional("agents", Agents.Reader(), (root, value) => root with { Agents = value })
        .Optional("budget", Budget.Reader(), (root, value) => root with { Budget = value })
        .Optional("verdict", Verdict.Reader(), (root, value) => root with { Verdict = value })
        .Optional("judge", Judge.Reader(), (root, value) => root with { Judge = value })
        .Optional("consent", Consent.Reader(), (root, value) => root with { Consent = value })
        .Optional("oversight", Oversight.Reader(), (root, value) => root with { Oversight = value })
        .Rule(CrossChecks.ContainersHaveAnImage);

    private static Section<TStep> Step<TStep>(TStep seed)
        where TStep : CommandStep => new Section<TStep>(seed)
        .Required("command", Lists.Command, (step, value) => Same(step, (CommandStep)step with { Command = value }))
        .Optional("workingDirectory", Scalars.Text(TextRules.WorkingDirectory, "a folder such as src"), (step, value) => Same(step, (CommandStep)step with { WorkingDirectory = value }))
        .Optional("timeout", Scalars.Duration("100ms", "24h"), (step, value) => Same(step, (CommandStep)step with { Timeout = value }))
        .Optional("environment", Lists.Environment, (step, value) => Same(step, (CommandStep)step with { Environment = value }));

    private static Section<ModelAccess> Model(params string[] facts) => new Section<ModelAccess>(new(""))
        .Required("upstream", Scalars.Text(TextRules.NameText, "the name of a model in the settings of Moss, such as openai"), (model, value) => model with { Upstream = value })
        .Optional("environment", Lists.Facts(facts), (model, value) => model with { Environment = value });

    /// <summary><c>with</c> on a base record keeps the type of the value, which the compiler cannot know.</summary>
    private static TStep Same<TStep>(TStep _, CommandStep changed)
        where TStep : CommandStep => (TStep)changed;
}
