using Moss.Testing.Models.Scripts;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>The stand-in says in every protocol what the proxy's meter reads of the vendors.</summary>
public sealed class ScriptedModelTests
{
    [Theory]
    [InlineData("openai-responses", "/v1/responses", true)]
    [InlineData("openai-responses", "/v1/responses", false)]
    [InlineData("openai-chat", "/v1/chat/completions", true)]
    [InlineData("openai-chat", "/v1/chat/completions", false)]
    [InlineData("anthropic", "/v1/messages", true)]
    [InlineData("anthropic", "/v1/messages", false)]
    [InlineData("gemini", "/v1beta/models/m:streamGenerateContent", true)]
    [InlineData("gemini", "/v1beta/models/m:generateContent", false)]
    public async Task Its_answers_are_metered_in_every_protocol(string protocol, string path, bool stream)
    {
        await using var bench = await ProxyBench.StartAsync(protocol);
        bench.Model.Answer = ScriptedModel.Plays(ModelScript.Of(new ModelTurn.Say("It is done.")));
        var lease = await bench.OpenAsync();
        using var client = ProxyBench.Client(lease);

        using var answer = await client.PostAsync(path, ProxyBench.Json($$"""{"model":"m","max_tokens":100,"stream":{{(stream ? "true" : "false")}}}"""));
        var text = await answer.Content.ReadAsStringAsync();
        await lease.SettleAsync(CancellationToken.None);

        text.ShouldContain("It is done.");
        (lease.Spending.TokensIn, lease.Spending.TokensOut, lease.Spending.Estimated).ShouldBe((1000, 50, false));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("flood")]
    [InlineData("429")]
    public void Words_name_scripts(string word) => ModelScript.Named(word).ShouldNotBeNull();

    [Theory]
    [InlineData("200")]
    [InlineData("")]
    public void Other_words_name_none(string word) => ModelScript.Named(word).ShouldBeNull();
}
