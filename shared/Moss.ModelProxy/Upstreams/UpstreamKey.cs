namespace Moss.ModelProxy.Upstreams;

/// <summary>Where the real key of an upstream is. It is read for every call, so that a new one counts at once, and kept nowhere.</summary>
internal abstract record UpstreamKey
{
    private UpstreamKey() { }

    /// <summary>The key; null for an upstream that wants none.</summary>
    /// <exception cref="InvalidOperationException">It is not there; the message names the setting and not the key.</exception>
    public abstract string? Read();

    /// <summary>A server without keys, as one's own often is.</summary>
    public sealed record None : UpstreamKey
    {
        public override string? Read() => null;
    }

    /// <summary>In the environment of Moss.</summary>
    public sealed record Variable(string Name) : UpstreamKey
    {
        public override string? Read() => Checked(Environment.GetEnvironmentVariable(Name), $"the environment variable {Name}");
    }

    /// <summary>In a file, such as a mounted secret.</summary>
    public sealed record InFile(string Path) : UpstreamKey
    {
        private const long Longest = 64 * 1024;

        public override string? Read()
        {
            try
            {
                return Checked(new FileInfo(Path).Length <= Longest ? File.ReadAllText(Path) : null, $"the file {Path}");
            }
            catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"the file {Path} with the key cannot be read: create it, readable for the user of Moss", missing);
            }
        }
    }

    private static string Checked(string? key, string place) => key?.Trim() switch
    {
        { Length: > 0 } text when text.All(letter => letter is > ' ' and <= '~') => text,
        _ => throw new InvalidOperationException($"{place} holds no key: put the key of the upstream there, one line of plain characters"),
    };
}
