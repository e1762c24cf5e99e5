using System.Text.Json.Nodes;

namespace Moss.Testing.Models.Scripts;

/// <summary>What a scripted model does when it is asked.</summary>
public abstract record ModelTurn
{
    private ModelTurn() { }

    /// <summary>Says something and ends.</summary>
    public sealed record Say(string Text) : ModelTurn;

    /// <summary>Answers in the form that the client asked for: by its tool for that where it offers one, else as text.</summary>
    public sealed record Report(string Json) : ModelTurn;

    /// <summary>Has a file read by whatever tool the client offers for it.</summary>
    public sealed record Read(string Path) : ModelTurn;

    /// <summary>Has a text within one line of a file replaced by another.</summary>
    public sealed record Edit(string Path, string Line, string Old, string New) : ModelTurn;

    /// <summary>Has a command run.</summary>
    public sealed record Run(string Command) : ModelTurn;

    /// <summary>Refuses with a status, as the vendor does.</summary>
    public sealed record Refuse(int Status, int? RetryAfterSeconds = null) : ModelTurn;

    /// <summary>Takes the question and never answers.</summary>
    public sealed record Hang : ModelTurn;

    /// <summary>Begins an answer and closes the connection.</summary>
    public sealed record Drop : ModelTurn;

    /// <summary>Begins an answer and goes on with what is no event.</summary>
    public sealed record Garble : ModelTurn;

    /// <summary>Writes text for ever.</summary>
    public sealed record Flood : ModelTurn;
}

/// <summary>A tool that a client offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Of its arguments; null for a tool that takes free text.</param>
/// <param name="Namespace">Where the protocol puts tools into groups.</param>
public sealed record OfferedTool(string Name, JsonObject? Schema, string? Namespace = null)
{
    /// <summary>Whether its arguments have such a member.</summary>
    public bool Takes(string argument) => Schema?["properties"]?[argument] is not null;

    /// <summary>The first of some names that it takes.</summary>
    public string Word(params string[] names) => names.FirstOrDefault(Takes) ?? names[0];
}

/// <summary>A call of a tool.</summary>
/// <param name="Tool">Which.</param>
/// <param name="Arguments">For a tool with a schema.</param>
/// <param name="Text">For a tool that takes free text.</param>
public sealed record ToolCall(OfferedTool Tool, JsonObject? Arguments, string? Text = null);

/// <summary>What an answer has in it: text, or one call of a tool.</summary>
public sealed record ModelAnswer(string? Text, ToolCall? Call);
