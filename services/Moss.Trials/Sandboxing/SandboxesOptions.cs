using System.ComponentModel.DataAnnotations;

namespace Moss.Trials.Sandboxing;

/// <summary>What trials, builds and checks run in; section <c>Moss:Sandboxes</c>.</summary>
public sealed class SandboxesOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Moss:Sandboxes";

    /// <summary><c>process</c>, sandboxed processes of this machine, or <c>docker</c>, containers of a Docker engine.</summary>
    [RegularExpression("^(process|docker)$", ErrorMessage = Section + ":Engine is neither process nor docker: set it to one of them")]
    public string Engine { get; set; } = "process";

    /// <summary>The unix socket of the engine, absolute.</summary>
    [RegularExpression("^/.+$", ErrorMessage = Section + ":Socket is no absolute path: name the engine's unix socket, such as /var/run/docker.sock")]
    public string Socket { get; set; } = "/var/run/docker.sock";

    /// <summary>
    /// The image for substrates that declare none, best by its digest (<c>name@sha256:...</c>) or id; they cannot be tried in containers
    /// while it is null.
    /// </summary>
    public string? Image { get; set; }

    /// <summary>Processors that one container may keep busy.</summary>
    [Range(0.1, 256, ErrorMessage = Section + ":Processors is out of range: set it to 0.1 to 256")]
    public double Processors { get; set; } = 1;

    /// <summary>The program that makes the containers, such as <c>runsc</c>; the daemon's own choice when null.</summary>
    public string? Runtime { get; set; }

    /// <summary>How long work waits for an engine that is away before it counts as not to be run.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = Section + ":Patience is out of range: set it to 00:00:00 to 00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two looks for what killed runners left.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = Section + ":SweepInterval is out of range: set it to 00:00:01 to 01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Age at which images of commits that nothing runs are removed; longer than an evolution and the wait for its consent take, since
    /// what was tried is promoted by its id.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = Section + ":ImageRetention is out of range: set it to 01:00:00 to 365.00:00:00")]
    public TimeSpan ImageRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether containers run them.</summary>
    internal bool RunsContainers => Engine == "docker";
}
