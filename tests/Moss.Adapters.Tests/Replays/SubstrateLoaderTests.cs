using System.Collections.Immutable;
using System.Text;
using Moss.Replays;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Replays;

public sealed class SubstrateLoaderTests : IDisposable
{
    private const string Declaration = "name: desk\ntrial:\n  command: [python3, main.py]\nscenarios: checks/scenarios\n";
    private static readonly string Commit = new('a', 40);

    private readonly TemporaryFolder tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public async Task Declaration_and_scenarios_come_from_the_commit()
    {
        tree.Write("checks/scenarios/b.json", """{"id":"b","input":1,"graders":[{"id":"g","kind":"exact","value":1}]}""");
        tree.Write("checks/scenarios/a.json", """{"id":"a","input":1,"graders":[{"id":"g","kind":"exact","value":1}]}""");

        var loaded = await LoadAsync(Declaration);

        loaded.Entry.ShouldBe(new SubstrateEntry("desk", "/repositories/desk"));
        loaded.Commit.Value.ShouldBe(Commit);
        loaded.TreePath.ShouldBe(tree.Path);
        loaded.GraderFolder.ShouldBe(tree.Combine("checks", "scenarios"));
        loaded.Declaration.Trial.Command.ShouldBe(["python3", "main.py"]);
        loaded.Scenarios.Select(scenario => scenario.Id).ShouldBe(["a", "b"]);
        loaded.Find("b").ShouldNotBeNull();
        loaded.Find("c").ShouldBeNull();
    }

    [Fact]
    public async Task A_substrate_that_is_not_registered_says_how_to_register_it() =>
        (await Should.ThrowAsync<SubstrateUnusableException>(() => LoadAsync(Declaration, "nobody"))).Message
            .ShouldBe("no substrate is called 'nobody'; register it with 'moss substrate add'");

    [Fact]
    public async Task A_commit_without_declaration_says_so() =>
        (await Should.ThrowAsync<SubstrateUnusableException>(() => LoadAsync(null))).Message
            .ShouldBe($"commit {Commit} has no moss.yaml; add one at the root of the repository");

    [Fact]
    public async Task A_declaration_that_is_wrong_names_line_and_field()
    {
        var message = (await Should.ThrowAsync<SubstrateUnusableException>(() => LoadAsync("name: desk\ntrial: 7\n"))).Message;
        message.ShouldStartWith($"moss.yaml of commit {Commit} cannot be used:\nmoss.yaml:2:");
        message.ShouldContain("trial");
    }

    [Fact]
    public async Task Scenarios_that_are_wrong_name_file_and_path()
    {
        tree.Write("checks/scenarios/a.json", """{"id":"a","input":1}""");
        (await Should.ThrowAsync<SubstrateUnusableException>(() => LoadAsync(Declaration))).Message
            .ShouldContain("checks/scenarios/a.json: $.graders is missing");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("judge: { model: { upstream: openai, name: m } }\n", true)]
    public async Task A_scenario_that_asks_a_judge_needs_one_in_the_declaration(string judge, bool loads)
    {
        var labels = string.Join(',', Enumerable.Range(0, 6).Select(index => $$"""{"text":"t{{index}}","holds":{{(index < 3 ? "true" : "false")}}}"""));
        tree.Write("checks/scenarios/a.json", $$"""{"id":"a","input":1,"graders":[{"id":"g","kind":"judge","question":"q?","labels":[{{labels}}]}]}""");

        if (loads)
        {
            (await LoadAsync(Declaration + judge)).Declaration.Judge!.Votes.ShouldBe(5);
            return;
        }

        (await Should.ThrowAsync<SubstrateUnusableException>(() => LoadAsync(Declaration))).Message.ShouldContain(
            "checks/scenarios/a.json: $.graders[0].kind is judge, and moss.yaml declares no judge. Add judge: { model: { upstream: openai, name: a-model } } to moss.yaml");
    }

    private Task<LoadedSubstrate> LoadAsync(string? declaration, string name = "desk") =>
        new SubstrateLoader(new OneSubstrate(), new OneCommit(tree.Path, declaration)).LoadAsync(name, Commit, CancellationToken.None);

    private sealed class OneSubstrate : ISubstrateDirectory
    {
        public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult(name == "desk" ? new SubstrateEntry(name, "/repositories/desk") : null);
    }

    private sealed class OneCommit(string tree, string? declaration) : IWorkspaceReader
    {
        public Task<string> CheckoutAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => Task.FromResult(tree);

        public Task<byte[]?> ReadFileAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken) =>
            Task.FromResult(path == "moss.yaml" && declaration is not null ? Encoding.UTF8.GetBytes(declaration) : null);

        public Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CommitHash> ResolveAsync(string repository, string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TreeHash> TreeOfAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<string>> ListFilesAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> ArchiveAsync(string repository, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> IsAncestorAsync(string repository, CommitHash ancestor, CommitHash descendant, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Diff> DiffAsync(string repository, CommitHash from, CommitHash to, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
