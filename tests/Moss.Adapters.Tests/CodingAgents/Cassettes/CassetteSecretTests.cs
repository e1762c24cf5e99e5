using System.Collections.Immutable;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

public sealed class CassetteSecretTests : IAsyncLifetime
{
    private const string Key = "sk-1234567890";

    private readonly TemporaryFolder shelf = new();
    private readonly AgentBench bench = new();
    private ProxyBench proxy = null!;

    public async Task InitializeAsync()
    {
        proxy = await ProxyBench.StartAsync();
        bench.RecordTo = shelf.Path;
    }

    public async Task DisposeAsync()
    {
        bench.Dispose();
        shelf.Dispose();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task What_an_agent_presents_to_the_proxy_does_not_get_in()
    {
        bench.Models = proxy.Proxy;
        bench.Settings = bench.Settings with { Model = new("stub") { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("OPENAI_API_KEY", "token") } };

        await RecordAsync("""
            echo "$OPENAI_API_KEY" | rev; echo "I am $OPENAI_API_KEY"; echo "key $MOSS_MODEL_TOKEN" >&2; echo "key = '$OPENAI_API_KEY'" > src/a.py
            printf '{"subject":"Use %s"}' "$OPENAI_API_KEY" > /moss/out/report.json
            """);

        var recording = Kept(out var text).Recording;
        var token = new string([.. recording.Events[0].Reverse()]);
        token.ShouldStartWith("moss-");
        text.ShouldNotContain(token);
        (recording.Events[1], recording.Error).ShouldBe(("I am [secret]", "key [secret]\n"));
        recording.Report.ShouldBe("{\"subject\":\"Use [secret]\"}");
        recording.Diff.ShouldContain("+key = '[secret]'\n");
    }

    [Fact]
    public async Task Nor_does_a_key_of_its_own_and_what_is_left_is_replayed()
    {
        GiveKey();

        await RecordAsync("""echo "I have $VENDOR_API_KEY"; echo "key = '$VENDOR_API_KEY'" > src/a.py""");

        Kept(out var text);
        text.ShouldNotContain(Key);
        using var other = new AgentBench { HasTools = true };
        (await other.RunAsync(RoleCatalog.Implement, new ReplayCodingAgent(shelf.Path))).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();
        other.Read("src/a.py").ShouldBe("key = '[secret]'\n");
    }

    [Fact]
    public async Task A_secret_in_a_binary_file_leaves_no_cassette()
    {
        GiveKey();

        await RecordAsync("""printf '\000%s' "$VENDOR_API_KEY" > src/binary""");

        Directory.GetFiles(shelf.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_binary_file_without_one_does()
    {
        GiveKey();

        await RecordAsync("""printf '\000\001' > src/binary""");

        Kept(out _).Recording.Diff.ShouldContain("GIT binary patch");
    }

    [Fact]
    public void Only_long_values_with_names_that_say_so_are_secrets()
    {
        var secrets = Secrets.Of(null, new Dictionary<string, string> { ["API_KEY"] = "on", ["Password"] = "correct horse", ["MODEL"] = "a-long-name" }.ToImmutableSortedDictionary());

        secrets.Without("on a-long-name, correct horse").ShouldBe("on a-long-name, [secret]");
    }

    private void GiveKey() => bench.Settings = bench.Settings with { Environment = bench.Settings.Environment.Add("VENDOR_API_KEY", Key) };

    private async Task RecordAsync(string script) =>
        (await bench.RunAsync(RoleCatalog.Implement, script)).ShouldBeOfType<RoleOutcome<ImplementReport>.Reported>();

    private Cassette Kept(out string text) =>
        CassetteJson.Read(text = File.ReadAllText(Directory.GetFiles(shelf.Path).Single())).ShouldBeOfType<CassetteReading.Good>().Cassette;
}
