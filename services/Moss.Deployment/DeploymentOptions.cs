using System.ComponentModel.DataAnnotations;

namespace Moss.Deployment;

/// <summary>Settings of the deployment service.</summary>
public sealed class DeploymentOptions
{
    /// <summary>Where they are read from.</summary>
    public const string Section = "Moss:Deployment";

    /// <summary>Absolute path; holds a folder a substrate with its state, its logs and its lock.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Branch of promoted commits.</summary>
    [RegularExpression("^moss/[a-z0-9-]+$")]
    public string Branch { get; set; } = "moss/evolved";

    /// <summary>How often unfinished promotions are looked for; the first time is the start of the process.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a failed instance's log that are kept with the outcome.</summary>
    [Range(0, 1024 * 1024)]
    public int LogTail { get; set; } = 8 * 1024;
}
