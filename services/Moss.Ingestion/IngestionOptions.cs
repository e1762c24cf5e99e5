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
}
