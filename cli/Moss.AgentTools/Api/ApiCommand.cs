using System.Text;
using Moss.AgentTools.Api.Conversations;
using Moss.AgentTools.Api.Tools;

namespace Moss.AgentTools.Api;

/// <summary><c>api</c>: the coding agent for whoever has a key of a model and no program of its vendor.</summary>
internal static class ApiCommand
{
    public const string Usage = """
        usage: api --protocol chat|messages --model NAME --role ROLE [--work DIR] [--task DIR]
          Plays a role by asking a model, with tools for the work tree. The prompt comes on standard input, events go to standard output.
          --protocol  chat: OpenAI Chat Completions; messages: Anthropic Messages
          --model     as its server knows it
          --role      implement may edit and run commands, every other role may read
          --work DIR  the work tree (/work)
          --task DIR  what may be read besides (/moss/task)
        environment: MOSS_MODEL_URL the base URL of its server, MOSS_MODEL_TOKEN the key
        exit: 0 it finished, 1 it did not, 2 wrong usage
        """;

    private const string Address = "MOSS_MODEL_URL";
    private const string Key = "MOSS_MODEL_TOKEN";

    public static async Task<int> RunAsync(
        Arguments arguments, Func<string, string?> environment, Stream prompt, TimeProvider clock, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (protocol, model, role) = (arguments.Value("--protocol"), arguments.Value("--model"), arguments.Value("--role"));
        var (work, task) = (arguments.Value("--work") ?? "/work", arguments.Value("--task") ?? "/moss/task");
        var (address, key) = (environment(Address), environment(Key));
        if ((arguments.Problem() ?? Problem(protocol, model, role, address, key)) is { } problem)
        {
            await error.WriteLineAsync($"{problem}\n{Usage}");
            return 2;
        }

        using var reader = new StreamReader(prompt, Encoding.UTF8);
        var tools = ToolBox.For(role!, new Reach(work, task), clock);
        var opening = new Opening(model!, new Uri(address!), key!, SystemPrompt.For(tools, work), await reader.ReadToEndAsync(cancellationToken), tools.Offers);
        using IConversation conversation = protocol == "chat" ? new ChatConversation(opening) : new MessagesConversation(opening);
        return await new Loop(conversation, tools, new EventLog(output)).RunAsync(cancellationToken) ? 0 : 1;
    }

    private static string? Problem(string? protocol, string? model, string? role, string? address, string? key) =>
        protocol is not ("chat" or "messages") ? "--protocol must be chat or messages"
        : string.IsNullOrWhiteSpace(model) ? "--model is missing"
        : role is null || !ToolBox.Roles.Contains(role) ? $"--role must be one of {string.Join(", ", ToolBox.Roles)}"
        : !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? $"{Address} must be the http address of a server of models"
        : string.IsNullOrEmpty(key) ? $"{Key} must be the key for it"
        : null;
}
