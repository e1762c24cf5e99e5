using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Immutable;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace Moss.AgentTools.Api.Conversations;

/// <summary>Chat Completions, streamed.</summary>
internal sealed class ChatConversation : IConversation
{
    private readonly ChatClient client;
    private readonly ChatCompletionOptions options = new();
    private readonly List<ChatMessage> messages;

    public ChatConversation(Opening opening)
    {
        client = new(opening.Model, new ApiKeyCredential(opening.Key), new OpenAIClientOptions
        {
            Endpoint = opening.Address, RetryPolicy = new ClientRetryPolicy(Opening.Retries), NetworkTimeout = Opening.Patience,
        });
        messages = [new SystemChatMessage(opening.System), new UserChatMessage(opening.Prompt)];
        foreach (var tool in opening.Tools)
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.Schema)));
        }
    }

    public async Task<ModelReply> AskAsync(ImmutableArray<ToolAnswer> answers, CancellationToken cancellationToken)
    {
        messages.AddRange(answers.Select(answer => new ToolChatMessage(answer.Id, answer.Text)));
        try
        {
            var reply = await ReadAsync(cancellationToken);
            Remember(reply);
            return reply;
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return ModelReply.Failed.Of(broken, Status(broken));
        }
    }

    public void Dispose()
    {
        // The client holds nothing that has to be given back.
    }

    private async Task<ModelReply.Answered> ReadAsync(CancellationToken cancellationToken)
    {
        var (text, calls, end, use) = (new StringBuilder(), new CallPieces(), (AnswerEnd?)null, TokenUse.None);
        await foreach (var update in client.CompleteChatStreamingAsync(messages, options, cancellationToken))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }

            foreach (var call in update.ToolCallUpdates)
            {
                calls.Add(call.Index, call.ToolCallId, call.FunctionName, call.FunctionArgumentsUpdate?.ToString());
            }

            end = update.FinishReason is { } reason ? End(reason) : end;
            use = update.Usage is { } usage ? new(usage.InputTokenCount, usage.OutputTokenCount) : use;
        }

        return new(text.ToString(), calls.Whole(), end ?? throw ModelReply.Failed.Lost(), use);
    }

    private void Remember(ModelReply.Answered reply)
    {
        if (reply.Calls.IsEmpty)
        {
            messages.Add(new AssistantChatMessage(reply.Text));
            return;
        }

        var message = new AssistantChatMessage(
            reply.Calls.Select(call => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(CallPieces.Valid(call.Input)))));
        if (reply.Text.Length > 0)
        {
            message.Content.Add(ChatMessageContentPart.CreateTextPart(reply.Text));
        }

        messages.Add(message);
    }

    private static AnswerEnd End(ChatFinishReason reason) => reason switch
    {
        ChatFinishReason.Length => AnswerEnd.CutOff,
        ChatFinishReason.ContentFilter => AnswerEnd.Withheld,
        _ => AnswerEnd.Whole,
    };

    private static int? Status(Exception broken) => broken switch
    {
        ClientResultException { Status: >= 400 and var status } => status,
        AggregateException { InnerExceptions: [.., ClientResultException { Status: >= 400 and var status }] } => status,
        _ => null,
    };
}
