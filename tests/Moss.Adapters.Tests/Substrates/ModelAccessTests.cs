using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class ModelAccessTests
{
    [Fact]
    public void An_agent_and_a_trial_say_which_model_they_ask_and_which_variables_they_want()
    {
        var declaration = Readings.Declared("""
            name: desk
            trial:
              command: [run]
              model: { upstream: cheap, environment: { KEY: token, PLACE: socket } }
            agents:
              commands:
                claude: { command: [claude, -p], model: { upstream: anthropic, environment: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: token } } }
                codex: { command: [codex], model: { upstream: openai } }
            """).Declaration;

        var (trial, claude) = (declaration.Trial.Model!, declaration.Agents.Commands["claude"].Model!);
        (trial.Upstream, trial.Environment["KEY"], trial.Environment["PLACE"]).ShouldBe(("cheap", ModelAccess.Token, ModelAccess.Socket));
        (claude.Upstream, claude.Environment["ANTHROPIC_BASE_URL"], claude.Environment["ANTHROPIC_API_KEY"]).ShouldBe(("anthropic", ModelAccess.Url, ModelAccess.Token));
        declaration.Agents.Commands["codex"].Model.ShouldBe(new ModelAccess("openai"));
    }

    [Theory]
    [InlineData("network: true, model: { upstream: m }", "network", "remove network, or remove model")]
    [InlineData("model: {}", "model.upstream", "add upstream")]
    [InlineData("model: openai", "model", "write upstream:, environment:")]
    [InlineData("model: { upstream: Open AI }", "model.upstream", "write 1 to 40 of a-z, 0-9 and '-'")]
    [InlineData("model: { upstream: m, environment: { K: key } }", "model.environment.K", "write one of url, token")]
    [InlineData("model: { upstream: m, environment: { K: socket } }", "model.environment.K", "write one of url, token")]
    [InlineData("model: { upstream: m, environment: { MOSS_X: url } }", "model.environment.MOSS_X", "not beginning with a digit or with MOSS_")]
    [InlineData("environment: { K: a }, model: { upstream: m, environment: { K: token } }", "model.environment.K", "remove K from one of them")]
    [InlineData("model: { upstream: m, key: sk-1 }", "model.key", "known here: upstream, environment")]
    public void What_is_wrong_is_named_with_the_fix(string added, string field, string fix)
    {
        var problem = Readings.Problem($"agents: {{ commands: {{ a: {{ command: [x], {added} }} }} }}");

        problem.Field.ShouldBe("agents.commands.a." + field);
        problem.Fix.ShouldContain(fix);
    }

    [Theory]
    [InlineData("model: { upstream: m, environment: { K: url } }", "trial.model.environment.K", "write one of socket, token")]
    [InlineData("environment: { K: a }, model: { upstream: m, environment: { K: token } }", "trial.model.environment.K", "remove K from one of them")]
    public void A_trial_is_told_a_socket_and_no_url(string added, string field, string fix)
    {
        var problem = Readings.Problems($"{{ name: desk, trial: {{ command: [x], {added} }} }}").ShouldHaveSingleItem();

        (problem.Field, problem.Fix.Contains(fix, StringComparison.Ordinal)).ShouldBe((field, true), problem.ToString());
    }

    [Fact]
    public void Agents_that_moss_knows_may_have_other_models_than_the_usual()
    {
        var models = Readings.Declared(Readings.Minimal + """
            agents: { default: claude, models: { claude: { name: claude-opus-4-1 }, codex: { upstream: azure, name: "vendor/gpt-5.5:low" } } }
            """).Declaration.Agents.Models;

        models["claude"].ShouldBe(new AgentModel { Name = "claude-opus-4-1" });
        models["codex"].ShouldBe(new AgentModel { Upstream = "azure", Name = "vendor/gpt-5.5:low" });
    }

    [Theory]
    [InlineData("name: --yolo")]
    [InlineData("name: \"a b\"")]
    [InlineData("name: \"a\\\"b\"")]
    [InlineData("name: \"{x}\"")]
    public void A_name_of_a_model_is_nothing_else_in_an_argument_or_a_file(string added)
    {
        var problem = Readings.Problem($"agents: {{ models: {{ codex: {{ {added} }} }} }}");

        problem.Field.ShouldBe("agents.models.codex.name");
        problem.Fix.ShouldContain("beginning with a letter or digit");
    }
}
