using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Moss.AgentTools.Api.Conversations;

/// <summary>Anthropic Messages, streamed.</summary>
internal sealed class MessagesConversation : IConversation
{
    /// <summary>Tokens of one answer; the protocol wants a number, and this one every model takes.</summary>
    private const int MostWritten = 8192;

    private readonly Opening opening;
    private readonly AnthropicClient client;
    private readonly ImmutableArray<ToolUnion> tools;
    private readonly List<MessageParam> messages = [];

    public MessagesConversation(Opening opening)
    {
        this.opening = opening;
        client = new()
        {
            BaseUrl = opening.Address.AbsoluteUri.TrimEnd('/'), ApiKey = opening.Key, AuthToken = null, MaxRetries = Opening.Retries, Timeout = Opening.Patience,
        };
        tools = [.. opening.Tools.Select(tool => (ToolUnion)new Tool
        {
            Name = tool.Name, Description = tool.Description, InputSchema = InputSchema.FromRawUnchecked(Members(tool.Schema)),
        })];
    }

    public async Task<ModelReply> AskAsync(ImmutableArray<ToolAnswer> answers, CancellationToken cancellationToken)
    {
        var question = new Question(opening.Prompt, answers);
        try
        {
            var reply = await ReadAsync(
                new()
                {
                    Model = opening.Model, MaxTokens = MostWritten, System = opening.System, Tools = tools, Messages = [.. messages, question.Message(last: true)],
                },
                cancellationToken);
            messages.Add(question.Message(last: false));
            messages.Add(Remembered(reply));
            return reply;
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return broken is AnthropicApiException refused
                ? ModelReply.Failed.Of(refused, (int)refused.StatusCode, refused.ResponseBody)
                : ModelReply.Failed.Of(broken, null);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<ModelReply.Answered> ReadAsync(MessageCreateParams asked, CancellationToken cancellationToken)
    {
        var (text, calls, end, use, stopped) = (new StringBuilder(), new CallPieces(), (AnswerEnd?)null, TokenUse.None, false);
        await foreach (var happened in client.Messages.CreateStreaming(asked, cancellationToken))
        {
            switch (happened.Value)
            {
                case RawMessageStartEvent { Message.Usage: var usage }:
                    use = use with { In = usage.InputTokens + (usage.CacheReadInputTokens ?? 0) + (usage.CacheCreationInputTokens ?? 0) };
                    break;
                case RawContentBlockStartEvent { ContentBlock.Value: ToolUseBlock call } begun:
                    calls.Add(begun.Index, call.ID, call.Name, call.Input.Count == 0 ? null : JsonSerializer.Serialize(call.Input));
                    break;
                case RawContentBlockDeltaEvent { Delta.Value: TextDelta piece }:
                    text.Append(piece.Text);
                    break;
                case RawContentBlockDeltaEvent { Delta.Value: InputJsonDelta piece } more:
                    calls.Add(more.Index, null, null, piece.PartialJson);
                    break;
                case RawMessageDeltaEvent ending:
                    end = End(ending.Delta.StopReason?.Raw());
                    use = use with { Out = ending.Usage.OutputTokens };
                    break;
                case RawMessageStopEvent:
                    stopped = true;
                    break;
            }
        }

        return stopped && end is { } known ? new(text.ToString(), calls.Whole(), known, use) : throw ModelReply.Failed.Lost();
    }

    private static MessageParam Remembered(ModelReply.Answered reply)
    {
        List<ContentBlockParam> blocks = [.. reply.Calls.Select(call => (ContentBlockParam)new ToolUseBlockParam
        {
            ID = call.Id, Name = call.Name, Input = Members(CallPieces.Valid(call.Input)),
        })];
        if (!string.IsNullOrWhiteSpace(reply.Text))
        {
            blocks.Insert(0, new TextBlockParam(reply.Text));
        }

        return new AssistantMessageParam(blocks);
    }

    private static Dictionary<string, JsonElement> Members(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static AnswerEnd? End(string? reason) => reason switch
    {
        "max_tokens" or "model_context_window_exceeded" => AnswerEnd.CutOff,
        "refusal" => AnswerEnd.Withheld,
        null => null,
        _ => AnswerEnd.Whole,
    };

    /// <summary>What the model is asked next: the task at first, later what its tools answered.</summary>
    private sealed record Question(string Prompt, ImmutableArray<ToolAnswer> Answers)
    {
        /// <param name="last">Everything up to the last question is kept by the server for the next one, so that it is paid once.</param>
        public MessageParam Message(bool last)
        {
            var kept = last ? new CacheControlEphemeral() : null;
            return new UserMessageParam(Answers.IsEmpty
                ? new List<ContentBlockParam> { new TextBlockParam(Prompt) { CacheControl = kept } }
                : Answers.Select((answer, place) => (ContentBlockParam)new ToolResultBlockParam(answer.Id)
                {
                    Content = answer.Text, IsError = answer.IsError, CacheControl = place == Answers.Length - 1 ? kept : null,
                }).ToList());
        }
    }
}
