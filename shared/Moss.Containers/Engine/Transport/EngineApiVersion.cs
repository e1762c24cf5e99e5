namespace Moss.Containers.Engine.Transport;

/// <summary>Which version of the API is spoken: the daemon's, but none that is newer than what Moss was written for.</summary>
internal static class EngineApiVersion
{
    /// <summary>Docker 20.10, what is assumed of a daemon that does not say.</summary>
    private const string Oldest = "1.41";

    /// <summary>Docker 25, the oldest that Docker 29 still speaks.</summary>
    private const string Newest = "1.44";

    public static string Choose(string? offered) =>
        !Version.TryParse(offered, out var theirs) ? Oldest
        : theirs < Version.Parse(Newest) ? offered!
        : Newest;
}
