using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.ModelProxy;
using Moss.ModelProxy.Upstreams;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>Settings name what is wrong with them and the fix.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void An_upstream_is_read_with_all_its_settings()
    {
        var upstream = Read(
            ("Address", "https://models.example/api/v1/"), ("Protocol", "openai-chat"), ("KeyVariable", "A_KEY"), ("Paths:0", "POST /chat/completions"),
            ("Paths:1", "GET /models/*"), ("Silence", "00:01:00"), ("AssumedOutput", "100"), ("LargestRequest", "4096"), ("ServerTools", "true"));

        upstream.Address.ShouldBe("https://models.example/api/v1");
        upstream.Key.ShouldBe(new UpstreamKey.Variable("A_KEY"));
        upstream.Routes.Select(route => (route.Path, route.Metered)).ShouldBe([("/chat/completions", true), ("/models/*", false)]);
        upstream.Silence.ShouldBe(TimeSpan.FromMinutes(1));
        (upstream.AssumedOutput, upstream.LargestRequest, upstream.ServerTools).ShouldBe((100L, 4096L, true));
    }

    [Theory]
    [InlineData("Address", "models.example")]
    [InlineData("Address", "ftp://models.example")]
    [InlineData("Address", "https://user:secret@models.example")]
    [InlineData("Address", "https://models.example/?key=secret")]
    [InlineData("Protocol", "chat")]
    [InlineData("KeyFile", "relative/key")]
    [InlineData("Paths:0", "/chat/completions")]
    [InlineData("Silence", "forever")]
    [InlineData("Silence", "00:00:00")]
    [InlineData("AssumedOutput", "-1")]
    [InlineData("LargestRequest", "many")]
    [InlineData("LongestAnswer", "1")]
    [InlineData("ServerTools", "perhaps")]
    [InlineData("Adress", "https://models.example")]
    [InlineData("Key", "sk-secret")]
    public void A_wrong_setting_is_named(string name, string value)
    {
        var message = Should.Throw<InvalidOperationException>(() => Read(("Address", "https://models.example"), ("Protocol", "anthropic"), (name, value))).Message;

        message.ShouldStartWith($"Moss:Models:stub:{name} ");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public void Two_places_for_one_key_are_refused() =>
        Should.Throw<InvalidOperationException>(() => Read(("Address", "https://m.example"), ("Protocol", "gemini"), ("KeyVariable", "A"), ("KeyFile", "/b")))
            .Message.ShouldContain("remove one of them");

    [Fact]
    public void Everything_is_told_at_once() =>
        Should.Throw<InvalidOperationException>(() => Read(("KeyFile", "b"))).Message.Split('\n').Length.ShouldBe(3);

    [Theory]
    [InlineData("/no/such/prices.json")]
    [InlineData("/dev/null")]
    public void A_price_list_that_is_none_is_named(string path) =>
        Should.Throw<InvalidOperationException>(() => new ServiceCollection().AddModelProxy(Configuration(("Moss:ModelPrices", path))))
            .Message.ShouldStartWith($"Moss:ModelPrices names '{path}'");

    [Fact]
    public async Task An_upstream_that_is_not_set_up_is_named_with_those_that_are()
    {
        await using var bench = await ProxyBench.StartAsync();

        var opening = await bench.Proxy.OpenAsync("job", "other", bench.NextSocket(), 1, CancellationToken.None);

        opening.ShouldBeOfType<ModelOpening.Unavailable>().Reason.ShouldBe("there is no model 'other': set Moss:Models:other, or name one of stub");
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_told_before_anything_runs()
    {
        await using var bench = await ProxyBench.StartAsync("anthropic", ("Moss:Models:stub:KeyFile", null), ("Moss:Models:stub:KeyVariable", "MOSS_TEST_NO_SUCH_KEY"));

        var opening = await bench.Proxy.OpenAsync("job", "stub", bench.NextSocket(), 1, CancellationToken.None);

        opening.ShouldBeOfType<ModelOpening.Unavailable>().Reason.ShouldContain("the environment variable MOSS_TEST_NO_SUCH_KEY holds no key");
    }

    [Fact]
    public async Task A_socket_that_cannot_be_made_is_told()
    {
        await using var bench = await ProxyBench.StartAsync();

        var opening = await bench.Proxy.OpenAsync("job", "stub", "/no/such/folder/model.sock", 1, CancellationToken.None);

        opening.ShouldBeOfType<ModelOpening.Unavailable>().Reason.ShouldContain("socket");
    }

    private static ModelUpstream Read(params (string Name, string Value)[] settings) => UpstreamSettings.ReadAll(
        Configuration([.. settings.Select(setting => ("Moss:Models:stub:" + setting.Name, setting.Value))])).Values.Single();

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)settings.Last(last => last.Key == setting.Key).Value)))
        .Build();
}
