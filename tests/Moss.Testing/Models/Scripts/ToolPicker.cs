using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>Does with the tools that a client offers what a script wants: every client has its own names for the same things.</summary>
internal sealed class ToolPicker(IReadOnlyList<OfferedTool> tools)
{
    private const int Patience = 280_000;

    private const int MostPassedOver = 5;

    /// <summary>What the script wants next; what the client offers no tool for is passed over.</summary>
    public ModelAnswer Answer(ModelScript script, int answered) => Enumerable.Range(answered, MostPassedOver)
        .Select(turn => Answer(script.Next(turn))).FirstOrDefault(answer => answer is not null) ?? new("I have no tool for that.", null);

    private ModelAnswer? Answer(ModelTurn turn) => turn switch
    {
        ModelTurn.Say say => new(say.Text, null),
        ModelTurn.Report report => Find("StructuredOutput", "structured_output") is { } tool
            ? new(null, new(tool, JsonNode.Parse(report.Json)!.AsObject()))
            : new($"```json\n{report.Json}\n```", null),
        ModelTurn.Read read => Calling(Read(read.Path)),
        ModelTurn.Edit edit => Calling(Edit(edit) ?? Run($"sed -i 's/{edit.Old}/{edit.New}/' '{edit.Path.Replace("'", "'\\''", StringComparison.Ordinal)}'")),
        ModelTurn.Run run => Calling(Run(run.Command)),
        _ => null,
    };

    private static ModelAnswer? Calling(ToolCall? call) => call is null ? null : new(null, call);

    private ToolCall? Read(string path) => Find("Read", "read", "read_file") is { } tool
        ? new(tool, new JsonObject { [tool.Word("file_path", "filePath", "absolute_path", "path")] = path })
        : Run($"cat '{path.Replace("'", "'\\''", StringComparison.Ordinal)}'");

    private ToolCall? Edit(ModelTurn.Edit edit)
    {
        if (Find("Edit", "edit", "edit_file", "replace") is { } tool)
        {
            var arguments = new JsonObject { [tool.Word("file_path", "filePath", "path")] = edit.Path };
            if (tool.Takes("edits"))
            {
                arguments["edits"] = new JsonArray(new JsonObject { ["oldText"] = edit.Old, ["newText"] = edit.New });
            }
            else
            {
                arguments[tool.Word("old_string", "oldString", "oldText")] = edit.Old;
                arguments[tool.Word("new_string", "newString", "newText")] = edit.New;
            }

            if (tool.Takes("instruction"))
            {
                arguments["instruction"] = $"Write {edit.New} for {edit.Old}.";
            }

            return new(tool, arguments);
        }

        return Find("apply_patch") is not { } patch ? null
            : patch.Schema is null ? new(patch, null, Patch(edit))
            : new(patch, new JsonObject { [patch.Word("input", "patchText", "patch")] = Patch(edit) });
    }

    private ToolCall? Run(string command)
    {
        if (Find("exec_command", "shell_command", "shell", "run_shell_command", "bash", "Bash", "run") is not { } tool)
        {
            return null;
        }

        var arguments = new JsonObject();
        if (tool.Takes("cmd"))
        {
            arguments["cmd"] = command;
        }
        else
        {
            arguments["command"] = tool.Schema?["properties"]?["command"]?["type"]?.ToString() == "array" ? new JsonArray("sh", "-c", command) : command;
        }

        foreach (var (name, value) in new (string, JsonNode)[] { ("description", "run a command"), ("is_background", false), ("yield_time_ms", Patience), ("timeout_ms", Patience) })
        {
            if (tool.Takes(name))
            {
                arguments[name] = value;
            }
        }

        return new(tool, arguments);
    }

    private static string Patch(ModelTurn.Edit edit) =>
        $"*** Begin Patch\n*** Update File: {edit.Path}\n@@\n-{edit.Line}\n+{edit.Line.Replace(edit.Old, edit.New, StringComparison.Ordinal)}\n*** End Patch";

    private OfferedTool? Find(params string[] names) => names.Select(name => tools.FirstOrDefault(tool => tool.Name == name)).FirstOrDefault(tool => tool is not null);
}
