using System.Collections.Immutable;
using System.Text.Json;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Roles;

/// <summary>What <c>assignment.json</c> says.</summary>
internal sealed record Assignment(
    string Key, string Role, string Substrate, ImmutableArray<ScenarioBrief> Scenarios, ImmutableArray<string> EditableFiles)
{
    public string? Diagnosis { get; init; }

    public string? Plan { get; init; }

    public string? Diff { get; init; }

    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    public double TimeoutSeconds { get; init; }

    public string? Coverage { get; init; }

    /// <summary>The assignment in a task folder; an <see cref="AssignmentException"/> names the field that is wrong.</summary>
    public static Assignment Load(string folder)
    {
        var path = Path.Combine(folder, "assignment.json");
        try
        {
            var read = JsonSerializer.Deserialize<Assignment>(File.ReadAllText(path), Wire.Options);
            return read switch
            {
                null => throw new AssignmentException($"{path} holds null; it must hold an object"),
                { Role: null or "" } => throw new AssignmentException($"{path}: 'role' is missing; give the role in kebab case, such as locate"),
                _ => read with
                {
                    Scenarios = read.Scenarios.IsDefault ? [] : read.Scenarios,
                    EditableFiles = read.EditableFiles.IsDefault ? [] : read.EditableFiles,
                    Attempts = read.Attempts.IsDefault ? [] : read.Attempts,
                },
            };
        }
        catch (JsonException malformed)
        {
            throw new AssignmentException($"{path}: {malformed.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AssignmentException($"{path} cannot be read: {unreadable.Message}");
        }
    }
}

internal sealed record ScenarioBrief(string Id, string Title, string Complaint, double BaselineScore);

/// <summary>An earlier candidate and what became of it.</summary>
internal sealed record Attempt(int Iteration, string Diff, string Outcome, double BatchScore)
{
    /// <summary>It broke nothing that is known, and left something of the batch failing.</summary>
    public bool IsOnlyIncomplete => Outcome is not null && Outcome.StartsWith("NeedMoreWork", StringComparison.Ordinal);
}

/// <summary>The assignment is not one that can be worked on; the message says what to change.</summary>
internal sealed class AssignmentException(string message) : Exception(message);
