namespace Moss.Cli.Demo;

/// <summary>How the demo is run.</summary>
/// <param name="Data">Everything that it makes is below this folder.</param>
/// <param name="Depth">light, standard or deep.</param>
/// <param name="Yes">Consent without being asked.</param>
/// <param name="Sabotage">boot: the candidate does not come up after the swap; null: nothing is broken on purpose.</param>
internal sealed record DemoOptions(string Data, string Depth, bool Yes, string? Sabotage);
