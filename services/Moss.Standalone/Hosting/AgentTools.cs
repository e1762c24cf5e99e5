namespace Moss.Standalone.Hosting;

/// <summary>Where the programs are that run inside an agent's jail: beside this one, in a folder of their own.</summary>
internal static class AgentTools
{
    private const string Program = "Moss.AgentTools.dll";

    public static string? Find()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string[] places =
        [
            Path.Combine(own.FullName, "agent-tools", Program),
            Path.Combine(own.Parent!.Parent!.FullName, "Moss.AgentTools", own.Name, Program),
        ];
        return places.FirstOrDefault(File.Exists);
    }
}
