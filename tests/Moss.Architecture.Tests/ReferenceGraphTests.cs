namespace Moss.Architecture.Tests;

/// <summary>Who may know whom. The table is the whole truth: a reference that is not in it fails, and so does one that is in it alone.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly string[] Everywhere = ["Artifacts", "Contracts", "Domain", "EventStore", "Records", "ServiceDefaults"];

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Moss.Contracts"] = [],
        ["Moss.Domain"] = [],
        ["Moss.Processes"] = [],
        ["Moss.EventStore"] = [],
        ["Moss.Artifacts"] = [],
        ["Moss.Consents"] = [],
        ["Moss.Substrates"] = ["Consents"],
        ["Moss.ModelProxy"] = [],
        ["Moss.Sandboxes"] = ["Processes"],
        ["Moss.Containers"] = ["Sandboxes", "Substrates", "Workspaces"],
        ["Moss.Workspaces"] = ["Processes"],
        ["Moss.Records"] = ["Artifacts", "Domain", "EventStore", "Substrates"],
        ["Moss.CodingAgents"] = ["Artifacts", "Contracts", "ModelProxy", "Processes", "Replays", "Sandboxes", "Substrates"],
        ["Moss.Replays"] = ["Domain", "Sandboxes", "Substrates", "Workspaces"],
        ["Moss.ServiceDefaults"] = ["Artifacts", "Contracts", "EventStore"],

        ["Moss.Ingestion"] = [.. Everywhere, "Replays", "Substrates", "Workspaces"],
        ["Moss.Planning"] = [.. Everywhere, "CodingAgents", "Replays", "Sandboxes", "Substrates", "Workspaces"],
        ["Moss.Implementation"] = [.. Everywhere, "CodingAgents", "Replays", "Sandboxes", "Substrates", "Workspaces"],
        ["Moss.Trials"] = [.. Everywhere, "Containers", "ModelProxy", "Replays", "Sandboxes", "Substrates", "Workspaces"],
        ["Moss.Deployment"] = [.. Everywhere, "Consents", "Containers", "Processes", "Substrates", "Workspaces"],
        ["Moss.Orchestrator"] = [.. Everywhere, "Consents"],
        ["Moss.Standalone"] = ["Deployment", "Implementation", "Ingestion", "Orchestrator", "Planning", "ServiceDefaults", "Trials"],

        ["Moss.Gateway"] = ["ServiceDefaults"],
        ["Moss.Cli"] = ["Consents", "Domain"],
        ["Moss.AgentTools"] = [],
        ["Moss.PatchGate"] = ["Domain", "Replays", "Sandboxes", "Substrates"],
    };

    public static TheoryData<string> Production => [.. Shipped.Select(project => project.Name)];

    private static IEnumerable<SourceProject> Shipped => SourceProject.All.Where(project => project.Folder != "tests");

    [Theory]
    [MemberData(nameof(Production))]
    public void A_project_references_exactly_what_the_table_says(string name)
    {
        Allowed.ShouldContainKey(name, "a new project needs a row in the table");
        Project(name).Projects.ShouldBe(Allowed[name].Select(reference => $"Moss.{reference}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_has_no_row_without_a_project() => Allowed.Keys.ShouldBeSubsetOf(Shipped.Select(project => project.Name));

    [Theory]
    [InlineData("Moss.Contracts")]
    [InlineData("Moss.Domain")]
    [InlineData("Moss.Processes")]
    [InlineData("Moss.Consents")]
    public void What_everything_rests_on_references_nothing_of_ours(string name) =>
        Project(name).Projects.ShouldBeEmpty();

    [Theory]
    [InlineData("Moss.Contracts")]
    [InlineData("Moss.Domain")]
    public void The_wire_and_the_decisions_need_nothing_but_the_base_library(string name)
    {
        Project(name).Packages.ShouldBeEmpty();
        Project(name).Frameworks.ShouldBeEmpty();
    }

    [Fact]
    public void No_service_references_a_service_but_standalone()
    {
        var services = SourceProject.All.Where(project => project.Folder == "services").ToList();
        var names = services.Select(service => service.Name).ToList();

        services.Where(service => service.Name != "Moss.Standalone" && service.Projects.Intersect(names).Any()).ShouldBeEmpty();
    }

    [Fact]
    public void Domain_and_contracts_do_not_know_each_other()
    {
        Reached("Moss.Domain").ShouldNotContain("Moss.Contracts");
        Reached("Moss.Contracts").ShouldNotContain("Moss.Domain");
    }

    /// <summary>Whoever signs reads what is signed by the same rule as whoever checks it; the rest goes over HTTP.</summary>
    [Fact]
    public void The_command_line_knows_what_is_signed_and_nothing_else() => Reached("Moss.Cli").ShouldBe(["Moss.Consents", "Moss.Domain"], ignoreOrder: true);

    [Fact]
    public void Nobody_who_runs_agents_or_candidates_can_sign() =>
        Shipped.Where(project => project.Projects.Contains("Moss.Consents")).Select(project => project.Name)
            .ShouldBe(["Moss.Cli", "Moss.Deployment", "Moss.Orchestrator", "Moss.Substrates"], ignoreOrder: true);

    [Fact]
    public void Only_who_runs_strangers_code_reaches_the_sandboxes() =>
        SourceProject.All.Where(project => project.Folder == "services" && project.Projects.Contains("Moss.Sandboxes"))
            .Select(project => project.Name).ShouldBe(["Moss.Implementation", "Moss.Planning", "Moss.Trials"], ignoreOrder: true);

    [Fact]
    public void Only_who_tries_and_who_deploys_reaches_a_container_engine() =>
        Shipped.Where(project => project.Projects.Contains("Moss.Containers")).Select(project => project.Name).ShouldBeSubsetOf(["Moss.Trials", "Moss.Deployment"]);

    [Theory]
    [InlineData("Moss.Planning")]
    [InlineData("Moss.Implementation")]
    [InlineData("Moss.CodingAgents")]
    [InlineData("Moss.Replays")]
    public void Who_calls_coding_agents_cannot_reach_a_container_engine(string name) => Reached(name).ShouldNotContain("Moss.Containers");

    [Fact]
    public void Nothing_that_ships_references_a_test() =>
        Shipped.SelectMany(project => project.Projects).ShouldNotContain(reference => reference.StartsWith("Moss.Test", StringComparison.Ordinal));

    [Theory]
    [InlineData("Npgsql", "Moss.Artifacts", "Moss.EventStore")]
    [InlineData("Sqlite", "Moss.EventStore")]
    public void Only_what_stores_knows_a_database(string database, params string[] stores) =>
        SourceProject.All.Where(project => project.Packages.Any(package => package.Contains(database, StringComparison.OrdinalIgnoreCase)))
            .Select(project => project.Name).ShouldBe(stores, ignoreOrder: true);

    private static SourceProject Project(string name) => SourceProject.All.Single(project => project.Name == name);

    /// <summary>What a project references, and what that references.</summary>
    private static HashSet<string> Reached(string name)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(Project(name).Projects);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in Project(next).Projects)
                {
                    open.Enqueue(further);
                }
            }
        }

        return reached;
    }
}
