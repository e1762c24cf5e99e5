using System.Collections.Immutable;
using Moss.AgentChecks.Checks;
using Moss.CodingAgents.Command;
using Moss.Substrates;

namespace Moss.Adapters.Tests.CodingAgents.Checks;

/// <summary>Small agents for the checks: one that does what it should, one that stumbles, and one that makes everything up.</summary>
internal static class ScriptedAgents
{
    /// <summary>Asks its model, does with three tools what the model wants, and prints what the model says at last.</summary>
    private const string Program = """
        import json, os, subprocess, sys, urllib.request

        def tool(name, *words):
            return {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {word: {"type": "string"} for word in words}}}}

        messages = [{"role": "user", "content": sys.stdin.read()}]
        tools = [tool("read_file", "path"), tool("edit_file", "path", "old_string", "new_string"), tool("run", "command")]

        def ask():
            body = json.dumps({"model": "m", "max_tokens": 1000, "messages": messages, "tools": tools}).encode()
            headers = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["MODEL_KEY"]}
            request = urllib.request.Request(os.environ["MODEL_URL"] + "/chat/completions", body, headers)
            return json.load(urllib.request.urlopen(request))["choices"][0]["message"]

        def do(name, given):
            if name == "run":
                return subprocess.run(["sh", "-c", given["command"]], capture_output=True, text=True).stdout
            text = open(given["path"]).read()
            if name == "edit_file":
                open(given["path"], "w").write(text.replace(given["old_string"], given["new_string"]))
            return text

        while True:
            answer = ask()
            messages.append(answer)
            if not answer.get("tool_calls"):
                print(answer["content"])
                break
            for call in answer["tool_calls"]:
                try:
                    said = do(call["function"]["name"], json.loads(call["function"]["arguments"]))
                except OSError as refused:
                    if os.environ["STUMBLES"] == "yes":
                        raise
                    said = str(refused)
                messages.append({"role": "tool", "tool_call_id": call["id"], "content": said})
        """;

    /// <param name="stumbles">True for one that breaks off when it may not change a file.</param>
    public static AgentSubject Asking(bool stumbles) => Of(["python3", "-c", Program], ("STUMBLES", stumbles ? "yes" : "no"));

    /// <summary>Asks nobody and approves.</summary>
    public static AgentSubject Pretender => Of(["sh", "-c", """printf '```json\n{"decision":"approve","reason":"It holds."}\n```\n'"""]);

    private static AgentSubject Of(ImmutableArray<string> command, params (string Name, string Value)[] environment) => new(
        new CommandCodingAgent("scripted", new CommandAgent(command)
        {
            Environment = environment.ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value),
            Model = new ModelAccess("stub")
            {
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MODEL_URL", ModelAccess.Url).Add("MODEL_KEY", ModelAccess.Token),
            },
        }),
        "openai-chat");
}
