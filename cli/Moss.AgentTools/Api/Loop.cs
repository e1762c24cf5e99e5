using System.Collections.Immutable;
using Moss.AgentTools.Api.Conversations;
using Moss.AgentTools.Api.Tools;

namespace Moss.AgentTools.Api;

/// <summary>Asks the model, does what it calls for, tells it what came of that, and so on until it calls for nothing more.</summary>
internal sealed class Loop(IConversation conversation, ToolBox tools, EventLog events)
{
    /// <summary>Answers of the model in one run.</summary>
    public const int MostTurns = 200;

    /// <summary>True when the model said that it has finished; the last event says how it ended in any case.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var used = TokenUse.None;
        ImmutableArray<ToolAnswer> answers = [];
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var reply = await conversation.AskAsync(answers, cancellationToken);
            if (reply is not ModelReply.Answered answer)
            {
                var failed = (ModelReply.Failed)reply;
                return await events.FailedAsync(failed.Message, failed.Status, used);
            }

            used = used.Plus(answer.Use);
            await events.AnswerAsync(answer.Text, answer.Use);
            if (answer.Calls.IsEmpty)
            {
                return await EndAsync(answer, used);
            }

            answers = await WorkAsync(answer.Calls, cancellationToken);
        }

        return await events.FailedAsync($"it had not finished after {MostTurns} turns", null, used);
    }

    private Task<bool> EndAsync(ModelReply.Answered answer, TokenUse used) => answer.End switch
    {
        AnswerEnd.CutOff => events.FailedAsync("its last answer was cut off: it is longer than its server lets it write", null, used),
        AnswerEnd.Withheld => events.FailedAsync("its server withheld the rest of its answer", null, used),
        _ => events.DoneAsync(answer.Text, used),
    };

    private async Task<ImmutableArray<ToolAnswer>> WorkAsync(ImmutableArray<ToolCall> calls, CancellationToken cancellationToken)
    {
        var answers = ImmutableArray.CreateBuilder<ToolAnswer>(calls.Length);
        foreach (var call in calls)
        {
            var answer = await tools.RunAsync(call, cancellationToken);
            await events.ToolAsync(call, answer);
            answers.Add(answer);
        }

        return answers.ToImmutable();
    }
}
