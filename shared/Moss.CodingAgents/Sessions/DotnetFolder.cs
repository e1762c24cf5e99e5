using System.Runtime.InteropServices;

namespace Moss.CodingAgents.Sessions;

/// <summary>Finds the .NET that Moss itself runs on.</summary>
public static class DotnetFolder
{
    /// <summary>The folder with the <c>dotnet</c> program; null when there is none, as in a self-contained Moss.</summary>
    /// <param name="dotnetRoot">Value of DOTNET_ROOT, if any.</param>
    public static string? Find(string? dotnetRoot)
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var running = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new[] { dotnetRoot, running }.FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "dotnet")));
    }
}
