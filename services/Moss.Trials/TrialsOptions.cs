using System.ComponentModel.DataAnnotations;

namespace Moss.Trials;

/// <summary>Settings of trials, section <c>Moss:Trials</c>.</summary>
public sealed class TrialsOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Moss:Trials";

    /// <summary>Folder for built trees, absolute, on the file system of the sandboxes folder; used for substrates that declare a build.</summary>
    [Required]
    public string BuiltTrees { get; set; } = "";

    /// <summary>Trials at once in this process, over all evolutions; the number of processors unless set.</summary>
    [Range(1, 256)]
    public int Parallelism { get; set; } = Environment.ProcessorCount;

    /// <summary>Name of this process in reports; the machine's name unless set.</summary>
    [Required]
    public string Runner { get; set; } = Environment.MachineName;

    /// <summary>
    /// Trials of one stage that wait or run at once, over all runners: enough to keep them all at work, and few enough that the
    /// trials of another substrate do not wait long behind them.
    /// </summary>
    [Range(1, 4096)]
    public int Window { get; set; } = 32;

    /// <summary>How often a trial is tried again when it could not be run.</summary>
    [Range(0, 10)]
    public int InfrastructureRetries { get; set; } = 3;

    /// <summary>Wait before the first of them; the second waits twice as long, and so on.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes of memory of a build, smoke test or test run.</summary>
    [Range(64L * 1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long StepMemoryBytes { get; set; } = 2L * 1024 * 1024 * 1024;
}
