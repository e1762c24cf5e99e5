namespace Moss.Containers.Engine.Volumes;

/// <summary>One volume of a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Name and value.</param>
public sealed record VolumeSummary(string Name, IReadOnlyDictionary<string, string>? Labels)
{
    /// <summary>When it was made; null where its driver does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
