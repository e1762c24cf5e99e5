using System.Net;
using Moss.Cli.Commands.Gateway;
using Moss.Gateway.Keys;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Access;

public sealed class KeyTests : IAsyncLifetime
{
    private const string Path = "/api/batches";

    private GatewayBench bench = null!;

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync(TestKeys.SettingsOf("both", "key-for-two", Scope.Report, Scope.Read));

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Without_a_key_nothing_passes()
    {
        using var answer = await bench.GetAsync(Path);

        var refusal = await Refusal.ShouldBeAsync(answer, 401);
        refusal.Fix.ShouldContain("MOSS_API_KEY");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        bench.The("ingestion").Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Authorization", "Bearer key-for-read")]
    [InlineData("Authorization", "bearer key-for-read")]
    [InlineData("authorization", "Bearer  key-for-read ")]
    [InlineData("X-Api-Key", "key-for-read")]
    [InlineData("x-api-key", "key-for-read")]
    public async Task A_key_is_taken_from_either_header(string header, string value)
    {
        using var answer = await bench.SendAsync(HttpMethod.Get, Path, headers: (header, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer key-for-nothing", "not known")]
    [InlineData("Bearer", "no bearer's")]
    [InlineData("Bearer KEY-FOR-READ", "not known")]
    [InlineData("Basic a2V5LWZvci1yZWFk", "no bearer's")]
    [InlineData("key-for-read", "no bearer's")]
    public async Task What_is_no_key_opens_nothing(string authorization, string said)
    {
        using var answer = await bench.SendAsync(HttpMethod.Get, Path, headers: ("Authorization", authorization));

        (await Refusal.ShouldBeAsync(answer, 401)).Detail.ShouldContain(said);
    }

    [Fact]
    public async Task A_hash_is_no_key()
    {
        var hash = TestKeys.SettingsOf("reader", TestKeys.Read, Scope.Read)[0].Split('=')[1];

        using var answer = await bench.GetAsync(Path, hash);

        await Refusal.ShouldBeAsync(answer, 401);
    }

    [Fact]
    public async Task Of_two_keys_none_is_chosen()
    {
        using var answer = await bench.SendAsync(HttpMethod.Get, Path, TestKeys.Read, headers: ("X-Api-Key", TestKeys.Operate));

        (await Refusal.ShouldBeAsync(answer, 401)).Detail.ShouldContain("more than one key");
    }

    [Fact]
    public async Task A_key_of_endless_length_is_not_even_hashed()
    {
        using var answer = await bench.GetAsync(Path, new string('k', 5_000));

        await Refusal.ShouldBeAsync(answer, 401);
    }

    [Fact]
    public async Task A_wrong_scope_is_told_with_the_right_one()
    {
        using var answer = await bench.PostAsync("/api/evolutions", TestKeys.Read, GatewayBench.Json());

        var refusal = await Refusal.ShouldBeAsync(answer, 403);
        refusal.Detail.ShouldBe("the key 'the-read-er' is for read, and this takes operate");
        refusal.Fix.ShouldBe("use a key with the scope operate");
    }

    [Fact]
    public async Task A_key_may_have_several_scopes()
    {
        using var read = await bench.GetAsync(Path, "key-for-two");
        using var report = await bench.PostAsync("/api/evidence", "key-for-two", GatewayBench.Json());
        using var operate = await bench.PostAsync("/api/evolutions", "key-for-two", GatewayBench.Json());

        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        report.StatusCode.ShouldBe(HttpStatusCode.OK);
        operate.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_key_that_the_moss_command_makes_opens_what_its_settings_say()
    {
        var made = NewKey.Make("made.here-1", ["report", "read"]);
        await using var other = await GatewayBench.StartAsync(
            [.. made.Settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}")]);

        using var answer = await other.GetAsync(Path, made.Key);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.The("ingestion").Requests.ShouldHaveSingleItem().Header("X-Moss-Caller").ShouldBe("made.here-1");
    }
}
