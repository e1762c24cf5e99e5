using System.Text.Json;
using Moss.Cli.Bench.Gate;
using Moss.Cli.Bench.QuixBugs;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench;

public sealed class GateSubjectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_a_repository_with_two_reported_scenarios_and_one_held_out()
    {
        await Subject(0.5).CreateAsync(folder.Path, CancellationToken.None);

        Directory.EnumerateFiles(folder.Combine("scenarios")).Select(Path.GetFileName).Order().ShouldBe(["held-out.json", "reported-1.json", "reported-2.json"]);
        Directory.Exists(folder.Combine(".git")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(1.0, 24, 24)]
    [InlineData(0.5, 4, 20)]
    public async Task Trials_pass_as_often_as_the_rate_says(double rate, int least, int most)
    {
        await Subject(rate).CreateAsync(folder.Path, CancellationToken.None);
        var passed = 0;
        foreach (var seed in Enumerable.Range(0, 24))
        {
            passed += await PassesAsync("reported-1", seed) ? 1 : 0;
        }

        passed.ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task The_same_draw_comes_again_and_another_source_draws_anew()
    {
        await Subject(0.5).CreateAsync(folder.Path, CancellationToken.None);
        var first = await DrawsAsync();
        (await DrawsAsync()).ShouldBe(first);

        await File.AppendAllTextAsync(folder.Combine("behaviour.py"), "# a comment\n");

        (await DrawsAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task What_is_held_out_always_passes()
    {
        await Subject(0).CreateAsync(folder.Path, CancellationToken.None);

        (await PassesAsync("held-out", 3)).ShouldBeTrue();
    }

    private static GateSubject Subject(double rate) => new("aa-1", rate, null, 2, true, GateSubject.SaltOf(1, "aa-1"));

    private async Task<string> DrawsAsync()
    {
        var draws = "";
        foreach (var seed in Enumerable.Range(0, 12))
        {
            draws += await PassesAsync("reported-1", seed) ? '+' : '-';
        }

        return draws;
    }

    private async Task<bool> PassesAsync(string scenario, int seed)
    {
        var environment = new Dictionary<string, string>
        {
            ["MOSS_SCENARIO"] = folder.Combine("scenarios", $"{scenario}.json"), ["MOSS_OUT"] = folder.Path, ["MOSS_SEED"] = $"{seed}",
        };
        await Python.RunAsync(folder.Path, GateScripts.Trial, [], environment, CancellationToken.None);
        return JsonDocument.Parse(await File.ReadAllTextAsync(folder.Combine("answer.json"))).RootElement.GetProperty("passed").GetBoolean();
    }
}
