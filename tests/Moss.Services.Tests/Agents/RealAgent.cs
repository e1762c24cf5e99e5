using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.CodingAgents.Sessions;
using Moss.ModelProxy;
using Moss.Testing;
using Moss.Testing.Models;

namespace Moss.Services.Tests.Agents;

/// <summary>The real program of a coding agent, and the scripted model behind the proxy that it asks.</summary>
/// <param name="Name">Of the agent.</param>
/// <param name="Protocol">Of its upstream.</param>
/// <param name="ModelName">One with a price.</param>
/// <param name="Server">The model.</param>
internal sealed record RealAgent(string Name, string Protocol, string ModelName, StubModel Server)
{
    /// <summary>What no agent may ever see.</summary>
    public const string RealKey = "sk-the-real-key";

    private const string Upstream = "stub";

    /// <summary>For <c>agents.models</c>.</summary>
    public Dictionary<string, object> Models => new() { [Name] = new { upstream = Upstream, name = ModelName } };

    public AgentSessionOptions Sessions(string folder) => new()
    {
        SessionsFolder = folder, ToolFolders = [.. AgentPrograms.FoldersFor(Name)], OutagePatience = TimeSpan.FromSeconds(2),
        AgentTools = Path.Combine(AppContext.BaseDirectory, "Moss.AgentTools.dll"),
    };

    public void AddModel(IServiceCollection services, TemporaryFolder folder) => services.AddModelProxy(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            [$"Moss:Models:{Upstream}:Address"] = Server.Address + (Protocol.StartsWith("openai", StringComparison.Ordinal) ? "/v1" : ""),
            [$"Moss:Models:{Upstream}:Protocol"] = Protocol,
            [$"Moss:Models:{Upstream}:KeyFile"] = folder.Write("key", RealKey),
            [$"Moss:Models:{Upstream}:Silence"] = "00:00:04",
        }).Build());
}
