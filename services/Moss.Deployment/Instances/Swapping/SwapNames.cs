using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>How containers are called that have, had or want a place.</summary>
internal static class SwapNames
{
    private const int ShortId = 12;

    /// <summary>One that has no place yet, or lost it again.</summary>
    public static string New(string place, string marker) => $"{place}.moss-{marker}";

    /// <summary>One that stood there when another one came.</summary>
    public static string Old(string place, string id) => $"{place}.moss-old-{id[..ShortId]}";

    /// <summary>What all that once stood at a place, or were to, have in their names.</summary>
    public static string Beside(string place) => $"{place}.moss-";

    /// <summary>The place of an instance.</summary>
    public static string Place(Instance instance) => instance.Recipe?.Name ?? throw new ArgumentException($"{instance.Marker} takes no place", nameof(instance));
}
