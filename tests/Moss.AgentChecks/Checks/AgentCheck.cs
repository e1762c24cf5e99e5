using System.Collections.Immutable;

namespace Moss.AgentChecks.Checks;

/// <summary>Something that every coding agent must do.</summary>
/// <param name="Name">In words with hyphens between them.</param>
/// <param name="PassAsync">Throws when it does not; the message says what it did.</param>
internal sealed record AgentCheck(string Name, Func<CheckRoom, Task> PassAsync)
{
    /// <summary>All of them: `moss bench agents` runs these, and so does each conformance test.</summary>
    public static ImmutableArray<AgentCheck> All { get; } =
    [
        new("edits-one-file", Working.EditsOneFileAsync),
        new("runs-a-command", Working.RunsACommandAsync),
        new("reading-role-cannot-edit", Working.ReadingRoleCannotEditAsync),
        new("report-is-parsed", Working.ReportIsParsedAsync),
        new("tokens-are-read", Working.TokensAreReadAsync),
        new("prompt-of-500-kb", Working.PromptOfHalfAMegabyteAsync),
        new("odd-file-names", Working.OddFileNamesAsync),
        new("two-at-once", Working.TwoAtOnceAsync),
        new("model-401", room => Failing.RefusedAsync(room, 401)),
        new("model-429", room => Failing.RefusedAsync(room, 429)),
        new("model-500", room => Failing.RefusedAsync(room, 500)),
        new("hang", Failing.HangAsync),
        new("malformed-stream", Failing.MalformedStreamAsync),
        new("endless-output", Failing.EndlessOutputAsync),
        new("endless-loop", Failing.EndlessLoopAsync),
        new("forks-and-ignores-term", Failing.ForksAndIgnoresTermAsync),
    ];

    /// <summary>The check of that name.</summary>
    public static AgentCheck Named(string name) => All.Single(check => check.Name == name);

    /// <summary>Why the agent fails it; null when it passes. Each run has a work tree, a proxy and a model of its own.</summary>
    public async Task<string?> ReasonAsync(AgentSubject subject)
    {
        try
        {
            await RunAsync(subject);
            return null;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return Reason.Of(broken);
        }
    }

    /// <summary>Throws when the agent fails it.</summary>
    public async Task RunAsync(AgentSubject subject)
    {
        await using var room = await CheckRoom.OpenAsync(subject);
        await PassAsync(room);
    }
}
