using Microsoft.Extensions.Configuration;
using Moss.Gateway.Keys;
using Moss.Gateway.Settings;
using Moss.Gateway.Tests.Running;
using Moss.ServiceDefaults.Configuration;

namespace Moss.Gateway.Tests.Settings;

/// <summary>Settings that cannot work stop the start, and are named with what to do.</summary>
public sealed class SettingsTests
{
    private const string Key = "--Moss:Gateway:Keys:ci:";

    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Without_a_key_it_does_not_start_unless_it_is_told_to_be_open()
    {
        var message = Refused();

        message.ShouldContain("moss gateway key");
        message.ShouldContain("Moss__Gateway__Open=true");
        Read("--Moss:Gateway:Open=true").Keys.ShouldBeEmpty();
    }

    [Fact]
    public void Open_and_with_keys_is_a_contradiction() =>
        Refused([.. TestKeys.Settings, "--Moss:Gateway:Open=true"]).ShouldStartWith("Moss:Gateway:Open is true although there are keys");

    [Theory]
    [InlineData("report,read")]
    [InlineData("report read")]
    [InlineData(" read, report ")]
    public void Scopes_are_words_with_commas_or_spaces_between(string scopes) =>
        Read($"{Key}Hash={Hash}", $"{Key}Scopes={scopes}").Keys.ShouldHaveSingleItem().Scopes.ShouldBe([Scope.Report, Scope.Read], ignoreOrder: true);

    [Fact]
    public void Scopes_may_be_a_list_as_well() =>
        Read($"{Key}Hash={Hash}", $"{Key}Scopes:0=operate", $"{Key}Scopes:1=approve").Keys.ShouldHaveSingleItem().Scopes.ShouldBe([Scope.Operate, Scope.Approve]);

    [Theory]
    [InlineData("Hash=abc", "Moss:Gateway:Keys:ci:Hash is no SHA-256")]
    [InlineData("Hash=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "Hash is the hash of nothing")]
    [InlineData("Hash=01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b", "Hash is the hash of nothing")]
    [InlineData("Scopes=read,root", "'root' is no scope: there are report, read, operate, approve")]
    [InlineData("Scopes=Read", "'Read' is no scope")]
    [InlineData("Scopes=", "Moss:Gateway:Keys:ci:Scopes is not set")]
    [InlineData("Key=secret", "never the key itself")]
    public void A_key_that_cannot_work_is_named(string setting, string said)
    {
        var message = Refused($"{Key}Hash={Hash}", $"{Key}Scopes=read", Key + setting);

        message.ShouldContain(said);
        message.ShouldNotContain("secret");
        message.Split('\n').ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("--Moss:Gateway:Keys:two words:Hash=", "is no name of a key")]
    [InlineData("--Moss:Gateway:Keys:ä:Hash=", "is no name of a key")]
    public void A_name_that_no_header_can_carry_is_refused(string setting, string said) => Refused(setting).ShouldContain(said);

    [Fact]
    public void Two_keys_with_one_hash_are_refused() =>
        Refused($"{Key}Hash={Hash}", $"{Key}Scopes=read", $"--Moss:Gateway:Keys:other:Hash={Hash.ToUpperInvariant()}", "--Moss:Gateway:Keys:other:Scopes=approve")
            .ShouldContain("ci and other have the same hash");

    [Theory]
    [InlineData("Services:Ingest=http://a", "Moss:Services:Ingest names no service")]
    [InlineData("Services:Ingestion=ingestion:8080", "is 'ingestion:8080', which is no address of a service: write http://ingestion:8080")]
    [InlineData("Services:Ingestion=", "Moss:Services:Ingestion is ''")]
    [InlineData("Services:Trials=http://a,ftp://b", "Moss:Services:Trials is 'http://a,ftp://b'")]
    [InlineData("Gateway:LargestReport=10", "Moss:Gateway:LargestReport is out of its range")]
    [InlineData("Gateway:ProbeInterval=00:00:00", "Moss:Gateway:ProbeInterval is out of its range")]
    [InlineData("Gateway:Limits:Read:Burst=0", "Moss:Gateway:Limits:Read:Burst is out of its range")]
    [InlineData("Gateway:Limits:Approve:PerMinute=-1", "Moss:Gateway:Limits:Approve:PerMinute is out of its range")]
    [InlineData("Gateway:Limits:Read:Burst=many", "Moss:Gateway:Limits:Read:Burst")]
    [InlineData("Gateway:Open=perhaps", "Moss:Gateway:Open")]
    public void Any_other_wrong_setting_is_named(string setting, string said) => Refused([.. TestKeys.Settings, $"--Moss:{setting}"]).ShouldContain(said);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Refused($"{Key}Hash=abc", "--Moss:Services:Ingest=http://a", "--Moss:Gateway:LargestRequest=1").Split('\n').Length.ShouldBe(4);

    [Fact]
    public void A_service_may_be_in_several_places() =>
        Read([.. TestKeys.Settings, "--Moss:Services:Trials=http://a:1, https://b"]).Services["trials"].ShouldBe([new("http://a:1/"), new("https://b/")]);

    [Fact]
    public void A_limit_that_is_not_set_keeps_its_default()
    {
        var options = Read([.. TestKeys.Settings, "--Moss:Gateway:Limits:Read:Burst=5"]).Options;

        options.Limits.Read.Burst.ShouldBe(5);
        options.Limits.Read.PerMinute.ShouldBe(6_000);
        options.Limits.Approve.Burst.ShouldBe(20);
    }

    private static GatewaySettings Read(params string[] settings) => GatewaySettings.Read(new ConfigurationBuilder().AddCommandLine(settings).Build());

    private static string Refused(params string[] settings) => Should.Throw<SettingsException>(() => Read(settings)).Message;
}
