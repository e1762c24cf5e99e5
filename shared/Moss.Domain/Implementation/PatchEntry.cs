namespace Moss.Domain.Implementation;

/// <summary>What a patch does to one file.</summary>
public sealed class PatchEntry(string path)
{
    private const string Link = "120000";
    private const string Repository = "160000";

    private bool removing;
    private bool removedSomewhere;

    /// <summary>Relative to the repository; the new name when it was renamed.</summary>
    public string Path { get; private set; } = path;

    /// <summary>Lines that come in, without their sign.</summary>
    public List<string> Added { get; } = [];

    /// <summary>Where each of them is in the new file, from 1.</summary>
    public List<int> AddedAt { get; } = [];

    /// <summary>True when there is a place at which lines go and none come in.</summary>
    public bool OnlyRemoves => removedSomewhere || removing;

    /// <summary>Lines that go, without their sign.</summary>
    public List<string> Removed { get; } = [];

    /// <summary>True when a symbolic link is made or changed.</summary>
    public bool IsLink { get; private set; }

    /// <summary>True when a repository within the repository is made or changed.</summary>
    public bool IsRepository { get; private set; }

    internal void Add(string line, int number)
    {
        removing = false;
        Added.Add(line);
        AddedAt.Add(number);
    }

    internal void Remove(string line)
    {
        removing = true;
        Removed.Add(line);
    }

    /// <summary>A line that stays, or the end of a hunk: what went before it was replaced, or only went.</summary>
    internal void Keep() => (removedSomewhere, removing) = (removedSomewhere || removing, false);

    internal void TakeHeader(string line)
    {
        if (line.StartsWith("+++ ", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal))
        {
            var name = line[4..];
            Path = name.StartsWith("/dev/null", StringComparison.Ordinal) ? Path : Patch.Name(name);
        }
        else if (line.StartsWith("rename to ", StringComparison.Ordinal))
        {
            Path = Patch.Name("b/" + line["rename to ".Length..]);
        }
        else if (line.StartsWith("new file mode ", StringComparison.Ordinal)
            || line.StartsWith("new mode ", StringComparison.Ordinal)
            || line.StartsWith("index ", StringComparison.Ordinal))
        {
            IsLink |= line.EndsWith(Link, StringComparison.Ordinal);
            IsRepository |= line.EndsWith(Repository, StringComparison.Ordinal);
        }
    }
}
