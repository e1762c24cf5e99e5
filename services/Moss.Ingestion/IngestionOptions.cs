using System.ComponentModel.DataAnnotations;

namespace Moss.Ingestion;

/// <summary>Settings of ingestion, section <c>Moss:Ingestion</c>.</summary>
public sealed class IngestionOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Moss:Ingestion";

    /// <summary>Characters of one transcript at most; a longer one is refused, never cut in silence.</summary>
    [Range(1_000, 64_000_000)]
    public int MaximumTranscript { get; set; } = 8_000_000;

    /// <summary>Items of one report at most.</summary>
    [Range(1, 10_000)]
    public int MaximumItems { get; set; } = 500;

    /// <summary>Bytes of one report at most; no more than this is held in memory of a larger one, which is refused.</summary>
    [Range(100_000, 96 * 1024 * 1024)]
    public int MaximumReport { get; set; } = 32 * 1024 * 1024;

    /// <summary>How long a batch waits for more evidence before it is sealed as it is, looked at once a minute.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(1);
}
