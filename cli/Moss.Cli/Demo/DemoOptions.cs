namespace Moss.Cli.Demo;

/// <summary>How the demo is run.</summary>
/// <param name="Data">Everything that it makes is below this folder.</param>
/// <param name="Depth">light, standard or deep.</param>
/// <param name="Yes">Consent without being asked.</param>
/// <param name="Sabotage">boot: the candidate does not come up after the swap; null: nothing is broken on purpose.</param>
/// <param name="Target">A Moss that runs already; null: one is started for the demo.</param>
/// <param name="Agent">Plays every role.</param>
internal sealed record DemoOptions(string Data, string Depth, bool Yes, string? Sabotage, DemoTarget? Target, string Agent);

/// <summary>A Moss that runs already.</summary>
/// <param name="Url">Its gateway.</param>
/// <param name="ApiKey">Goes with every request to it; null for none.</param>
/// <param name="Repositories">Folder of this machine that its services see at the same place.</param>
/// <param name="Engine">process, or docker: the sample and its trials run as containers.</param>
/// <param name="BaseImage">What the sample's image is made of; null for what its Dockerfile says.</param>
internal sealed record DemoTarget(Uri Url, string? ApiKey, string Repositories, string Engine, string? BaseImage);
