using System.Text.Json;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

public sealed class JsonTests(FakeMoss moss) : IClassFixture<FakeMoss>
{
    public static TheoryData<string, JsonValueKind> Commands => new()
    {
        { "evo status", JsonValueKind.Array },
        { $"evo status {Sample.EvolutionId}", JsonValueKind.Object },
        { "evo batches", JsonValueKind.Array },
        { $"evo batch {Sample.BatchId}", JsonValueKind.Object },
        { $"evo start {Sample.BatchId}", JsonValueKind.Object },
        { $"evo stop {Sample.EvolutionId}", JsonValueKind.Object },
        { $"evo restart {Sample.EvolutionId}", JsonValueKind.Object },
        { $"evo apply {Sample.EvolutionId} --yes", JsonValueKind.Object },
        { "evo rollback till", JsonValueKind.Object },
        { "evo flag --substrate till --scenario one", JsonValueKind.Object },
        { $"evo watch {Sample.EvolutionId}", JsonValueKind.Object },
        { "substrate list", JsonValueKind.Array },
        { "substrate add /srv/till", JsonValueKind.Object },
        { "substrate check /srv/till", JsonValueKind.Object },
        { "substrate corpus till", JsonValueKind.Object },
        { "audit verify", JsonValueKind.Object },
        { $"audit rederive {Sample.EvolutionId}", JsonValueKind.Object },
        { $"evo verdict {Sample.EvolutionId}", JsonValueKind.Object },
        { $"evo matrix {Sample.EvolutionId}", JsonValueKind.Object },
        { "cost report --by agent --substrate desk --from 2026-01-01 --to 2026-01-31", JsonValueKind.Object },
        { "oversight review till", JsonValueKind.Object },
        { $"oversight sign till --head {Sample.Commit} --by ada", JsonValueKind.Object },
        { $"oversight refuse till --head {Sample.Commit} --by ada --why no", JsonValueKind.Object },
        { "oversight guard till", JsonValueKind.Object },
        { "queues", JsonValueKind.Object },
        { "queues requeue --all", JsonValueKind.Object },
        { "doctor", JsonValueKind.Object },
        { "gateway key --name ci --scopes report,read", JsonValueKind.Object },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_prints_one_document_and_nothing_else(string words, JsonValueKind kind)
    {
        Sample.Teach(moss);

        var ran = await MossCommand.RunAsync(moss.Url, [.. words.Split(' '), "--json"]);

        ran.Error.ShouldBeEmpty();
        ran.Json.ValueKind.ShouldBe(kind);
        if (words != "doctor")
        {
            ran.Code.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("evo status not-an-id")]
    [InlineData("evo dance")]
    [InlineData("evo")]
    [InlineData("evo apply 0198c0de-0000-7000-8000-000000000002")]
    [InlineData("demo")]
    [InlineData("bench quixbugs --path /nowhere")]
    public async Task What_is_wrong_with_a_command_is_told_as_json_too(string words)
    {
        Sample.Teach(moss);

        var ran = await MossCommand.RunAsync(moss.Url, [.. words.Split(' '), "--json"]);

        ran.Code.ShouldBe(2);
        ran.Error.ShouldBeEmpty();
        ran.Json.GetProperty("error").GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        ran.Json.GetProperty("error").GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
    }
}
