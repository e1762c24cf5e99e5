using System.ComponentModel.DataAnnotations;

namespace Moss.Orchestrator;

/// <summary>Settings of the orchestrator, section <c>Moss:Orchestrator</c>.</summary>
public sealed class OrchestratorOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Moss:Orchestrator";

    /// <summary>How long a stage may go without an answer; above every worker's own timeout.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan StageTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How often stored deadlines are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan DeadlineTick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a passed deadline is told again until it had its effect.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DeadlineReminder { get; set; } = TimeSpan.FromSeconds(30);
}
