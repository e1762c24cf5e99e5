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

    /// <summary>What runs substrates: <c>process</c>, processes of this machine, or <c>docker</c>, containers of a Docker engine.</summary>
    [RegularExpression("^(process|docker)$", ErrorMessage = Section + ":Engine is neither process nor docker: set it to one of them")]
    public string Engine { get; set; } = "process";

    /// <summary>The unix socket of the engine, absolute.</summary>
    [RegularExpression("^/.+$", ErrorMessage = Section + ":Socket is no absolute path: name the engine's unix socket, such as /var/run/docker.sock")]
    public string Socket { get; set; } = "/var/run/docker.sock";

    /// <summary>
    /// The engine's network that instances join; its default one when null. Needed where this Moss itself runs in a container: it has
    /// to be in that network to probe them.
    /// </summary>
    [RegularExpression("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", ErrorMessage = Section + ":Network is no name of a network: use letters, digits, _, . and -")]
    public string? Network { get; set; }

    /// <summary>How long a promotion that has begun waits for an engine that does not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan EnginePatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a container that lost its place to another one is kept, stopped, after its end.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan KeepReplaced { get; set; } = TimeSpan.FromDays(1);

    /// <summary>True when instances are containers.</summary>
    internal bool RunsContainers => Engine == "docker";

    /// <summary>Branch of promoted commits.</summary>
    [RegularExpression("^moss/[a-z0-9-]+$")]
    public string Branch { get; set; } = "moss/evolved";

    /// <summary>
    /// The private SSH key, without a passphrase, that merges to stable branches are signed with at oversight; absolute path. Nothing is
    /// merged when null.
    /// </summary>
    [RegularExpression("^/.+$", ErrorMessage = Section + ":SigningKey is no absolute path: name the private SSH key of oversight, such as /run/secrets/oversight")]
    public string? SigningKey { get; set; }

    /// <summary>How often unfinished promotions are looked for; the first time is the start of the process.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the instance of a version that is watched is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Servers from which watches may read metrics, each <c>host</c> or <c>host:port</c>, as substrates write them in <c>deploy.watch.metrics.url</c>; when
    /// empty those of this machine: <c>localhost</c>, <c>127.0.0.0/8</c> and <c>[::1]</c>.
    /// </summary>
    public IReadOnlyList<string> MetricHosts { get; set; } = [];

    /// <summary>Bytes of a failed instance's log that are kept with the outcome.</summary>
    [Range(0, 1024 * 1024)]
    public int LogTail { get; set; } = 8 * 1024;
}
