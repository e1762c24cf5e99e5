using System.Text.Json;
using Moss.AgentTools.Api.Conversations;
using Moss.AgentTools.Api.Tools;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Api;

/// <summary>What happens, as one JSON object a line. Inputs are cut short: what is printed is kept, and only so much of it.</summary>
internal sealed class EventLog(TextWriter output)
{
    private const int MostInput = 2000;

    public Task AnswerAsync(string text, TokenUse use) => WriteAsync(new { type = "answer", text = BoundedText.Of(text, MostInput), usage = Usage(use) });

    public Task ToolAsync(ToolCall call, ToolAnswer answer) =>
        WriteAsync(new { type = "tool", name = call.Name, input = BoundedText.Of(call.Input, MostInput), error = answer.IsError });

    public async Task<bool> DoneAsync(string text, TokenUse use)
    {
        await WriteAsync(new { type = "done", text, usage = Usage(use) });
        return true;
    }

    public async Task<bool> FailedAsync(string message, int? status, TokenUse use)
    {
        await WriteAsync(new { type = "failed", message, status, usage = Usage(use) });
        return false;
    }

    private static object Usage(TokenUse use) => new { input_tokens = use.In, output_tokens = use.Out };

    private Task WriteAsync(object happened) => output.WriteLineAsync(JsonSerializer.Serialize(happened, Wire.Options));
}
