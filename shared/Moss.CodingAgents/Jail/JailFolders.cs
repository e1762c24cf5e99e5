namespace Moss.CodingAgents.Jail;

/// <summary>Where things lie inside a jail, besides those that <see cref="Assignment"/> names.</summary>
public static class JailFolders
{
    /// <summary>The .NET runtime, for Moss's own tools.</summary>
    public const string Dotnet = "/moss/dotnet";

    /// <summary>Moss's own tools.</summary>
    public const string Tools = "/moss/tools";

    /// <summary>The program of the agents that are parts of Moss, and of <c>moss-try</c>.</summary>
    public const string AgentTools = Tools + "/Moss.AgentTools.dll";

    /// <summary>Commands that Moss offers to agents; first on PATH.</summary>
    public const string Bin = "/moss/bin";

    /// <summary>HOME: empty, writable, gone afterwards.</summary>
    public const string Home = "/moss/home";

    /// <summary>TMPDIR: empty, writable, gone afterwards.</summary>
    public const string Temp = "/moss/tmp";

    /// <summary>Where the operating system keeps programs.</summary>
    public const string SystemPath = "/usr/local/bin:/usr/bin:/bin";
}
