using System.Security.Cryptography;
using System.Text;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

/// <summary>The key that a gateway asks for: made by a command, sent with every request.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private readonly FakeMoss moss = new();

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    [Fact]
    public async Task The_key_of_the_environment_goes_with_every_request()
    {
        var environment = new Dictionary<string, string> { ["MOSS_URL"] = moss.Url, ["MOSS_API_KEY"] = "from-environment" };

        await MossCommand.RunAsync(environment, "evo", "watch", Sample.EvolutionId.ToString());
        await MossCommand.RunAsync(environment, "evo", "apply", Sample.EvolutionId.ToString(), "--yes");

        moss.Requests.Count.ShouldBeGreaterThan(2);
        moss.Requests.ShouldAllBe(request => request.Authorization == "Bearer from-environment");
    }

    [Fact]
    public async Task The_option_wins_over_the_environment()
    {
        await MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_URL"] = moss.Url, ["MOSS_API_KEY"] = "other" }, "evo", "status", "--api-key", "given");

        moss.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer given");
    }

    [Fact]
    public async Task Without_a_key_none_is_sent()
    {
        await MossCommand.RunAsync(moss.Url, "evo", "status");

        moss.Requests.ShouldHaveSingleItem().Authorization.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_named_by_where_it_came_from_and_not_shown()
    {
        var ran = await MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_URL"] = moss.Url, ["MOSS_API_KEY"] = "se cret" }, "evo", "status");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("MOSS_API_KEY");
        ran.Error.ShouldNotContain("se cret");
    }

    [Fact]
    public async Task A_refused_key_is_told_in_the_gateways_words()
    {
        moss.On("GET /api/evolutions", new { title = "A key is needed", detail = "the key is not known here", field = "Authorization", fix = "ask the operator" }, 401);

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status");

        ran.Code.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("Authorization: the key is not known here");
    }

    [Fact]
    public async Task Each_key_that_is_made_is_another_with_its_own_hash()
    {
        var first = (await MossCommand.RunAsync(url: null, "gateway", "key", "--name", "ci", "--scopes", "report,read", "--json")).Json;
        var second = (await MossCommand.RunAsync(url: null, "gateway", "key", "--name", "ci", "--scopes", "report,read", "--json")).Json;

        var key = first.GetProperty("key").GetString()!;
        key.ShouldMatch("^moss_[A-Za-z0-9_-]{43}$");
        second.GetProperty("key").GetString().ShouldNotBe(key);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        first.GetProperty("hash").GetString().ShouldBe(hash);
        first.GetProperty("settings").GetProperty("Moss__Gateway__Keys__ci__Hash").GetString().ShouldBe(hash);
        first.GetProperty("settings").GetProperty("Moss__Gateway__Keys__ci__Scopes").GetString().ShouldBe("report,read");
    }

    [Fact]
    public async Task As_text_it_is_said_that_the_key_is_shown_once()
    {
        var ran = await MossCommand.RunAsync(url: null, "gateway", "key", "--name", "ci", "--scopes", "approve");

        ran.Code.ShouldBe(ExitCodes.Done);
        ran.Output.ShouldContain("kept nowhere");
        ran.Output.ShouldContain("Moss__Gateway__Keys__ci__Scopes=approve");
    }
}
