namespace Moss.Substrates;

/// <summary>Where the registered substrates are. Messages carry a substrate's name alone; this turns it into a repository.</summary>
public interface ISubstrateDirectory
{
    /// <summary>The entry; null when no substrate of that name is registered.</summary>
    Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A registered substrate.</summary>
/// <param name="Name">As in its <c>moss.yaml</c>.</param>
/// <param name="Repository">A path or an URL that git understands.</param>
public sealed record SubstrateEntry(string Name, string Repository);
