namespace Moss.Substrates.Reading;

/// <summary>The kinds of probes and their keys.</summary>
internal static class ProbeTable
{
    private static readonly ValueReader<TimeSpan> Timeout = Scalars.Duration("50ms", "10m");

    private static readonly Section<Probe> Http = new Section<Probe>(new Probe.Http("/"))
        .Required("path", Scalars.Text(TextRules.HttpPath, "a path such as /health"), (probe, value) => (Probe.Http)probe with { Path = value })
        .Optional("timeout", Timeout, (probe, value) => probe with { Timeout = value });

    private static readonly Section<Probe> Tcp = new Section<Probe>(new Probe.Tcp())
        .Optional("timeout", Timeout, (probe, value) => probe with { Timeout = value });

    private static readonly Section<Probe> Exec = new Section<Probe>(new Probe.Exec([]))
        .Required("command", Lists.Command, (probe, value) => (Probe.Exec)probe with { Command = value })
        .Optional("timeout", Timeout, (probe, value) => probe with { Timeout = value });

    private static readonly Section<Probe> Heartbeat = new Section<Probe>(new Probe.Heartbeat("", TimeSpan.Zero))
        .Required("file", Scalars.Text(TextRules.Folder, "a file below the state folder, such as heartbeat"), (probe, value) => (Probe.Heartbeat)probe with { File = value })
        .Required("maximumAge", Scalars.Duration("1s", "24h"), (probe, value) => (Probe.Heartbeat)probe with { MaximumAge = value })
        .Optional("timeout", Timeout, (probe, value) => probe with { Timeout = value });

    private static readonly Section<Probe> Engine = new Section<Probe>(new Probe.Engine())
        .Optional("timeout", Timeout, (probe, value) => probe with { Timeout = value });

    /// <summary>One probe: a map with its kind as the only key.</summary>
    public static ValueReader<Probe> Probe { get; } = new Choice<Probe>(
        [("http", Http.Reader()), ("tcp", Tcp.Reader()), ("exec", Exec.Reader()), ("heartbeat", Heartbeat.Reader()), ("engine", Engine.Reader())]).Reader();
}
