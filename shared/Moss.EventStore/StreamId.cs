using System.Text.RegularExpressions;

namespace Moss.EventStore;

/// <summary>Name of a stream: a kind and an id, such as <c>evolution-0198…</c>; 1 to 200 characters of <c>a-z A-Z 0-9 . _ -</c>.</summary>
public readonly partial record struct StreamId
{
    /// <summary>Checks the name.</summary>
    /// <exception cref="ArgumentException">The name has other characters, or is empty or too long.</exception>
    public StreamId(string value)
    {
        if (value is null || !Valid().IsMatch(value))
        {
            throw new ArgumentException($"'{value}' is no stream name: use 1 to 200 of a-z A-Z 0-9 . _ -", nameof(value));
        }

        Value = value;
    }

    /// <summary>The name as stored.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,200}\\z")]
    private static partial Regex Valid();
}
