namespace Moss.Containers.Engine.Networks;

/// <summary>A network to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">By which it is found again.</param>
public sealed record NetworkSpec(string Name, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Of which kind.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Without a way out. Not a wall: on Docker 20.10 such a network still reaches its own machine.</summary>
    public bool Internal { get; init; }
}

/// <summary>One network of a list.</summary>
/// <param name="Id">The full one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Driver">Of which kind.</param>
/// <param name="Internal">Whether it has no way out.</param>
/// <param name="Labels">Name and value.</param>
public sealed record NetworkSummary(string Id, string Name, string Driver, bool Internal, IReadOnlyDictionary<string, string>? Labels);
