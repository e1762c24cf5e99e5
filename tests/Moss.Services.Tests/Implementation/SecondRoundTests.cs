using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Services.Tests.Agents;
using Moss.Testing.Models;
using Moss.Testing.Models.Scripts;

namespace Moss.Services.Tests.Implementation;

/// <summary>A real coding agent whose change was rejected.</summary>
public sealed class SecondRoundTests : IAsyncLifetime
{
    private StubModel server = null!;
    private Workshop shop = null!;

    public async Task InitializeAsync()
    {
        server = await StubModel.StartAsync();
        shop = await Workshop.OpenAsync(new RealAgent("claude", "anthropic", "claude-sonnet-4-5", server));
    }

    public async Task DisposeAsync()
    {
        await shop.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_goes_on_in_the_session_of_its_first_round_with_the_work_tree_as_it_was()
    {
        var first = await ImplementAsync(1, "echo 'x = 3' > src/answer.py; echo 'y = 1' > src/more.py", null);

        var second = await ImplementAsync(2, "test ! -e src/more.py && echo 'x = 2' > src/answer.py", "x must be two.");

        (first.FilesChanged, second.FilesChanged).ShouldBe((2, 1));
        shop.GitLog("show", $"{second.Commit}:src/answer.py").ShouldBe("x = 2");
        Asked("x must be two.").ShouldAllBe(body => body.Contains("# Make the change", StringComparison.Ordinal) && body.Contains("# Do it again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_evolution_knows_nothing_of_it()
    {
        await ImplementAsync(1, "echo 'x = 3' > src/answer.py", null);

        await ImplementAsync(new StageReference(Guid.NewGuid(), 1, "implement", 2), "echo 'x = 2' > src/answer.py", "x must be two.");

        Asked("x must be two.").ShouldAllBe(body => !body.Contains("# Do it again", StringComparison.Ordinal));
    }

    private IReadOnlyList<string> Asked(string feedback)
    {
        var asked = server.Requests.Select(request => request.Body).Where(body => body.Contains(feedback, StringComparison.Ordinal)).ToList();
        asked.ShouldNotBeEmpty();
        return asked;
    }

    private Task<PlanImplemented> ImplementAsync(int round, string command, string? feedback) => ImplementAsync(Workshop.Stage("implement", round), command, feedback);

    /// <summary>The state of the script is in the conversation: one that goes on counts the tools of its first round too.</summary>
    private async Task<PlanImplemented> ImplementAsync(StageReference stage, string command, string? feedback)
    {
        var done = new ModelTurn.Say("Done.\n\n```json\n{\"subject\":\"Set x\"}\n```");
        server.Answer = ScriptedModel.Plays(stage.Round == 1 || stage.EvolutionId != Workshop.Evolution
            ? ModelScript.Of(new ModelTurn.Run(command), done)
            : ModelScript.Of(done, new ModelTurn.Run(command), done));
        var answer = await shop.AskAsync(new ImplementPlan(
            stage, shop.Subject, "Structural", await shop.KeepAsync("{}"), await shop.KeepAsync("""{"rootCause":"r","change":"c","files":["src/answer.py"]}"""), feedback, [], 10));
        return answer.ShouldBeOfType<PlanImplemented>($"{answer}");
    }
}
