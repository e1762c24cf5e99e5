using System.Text.Json;
using Moss.AgentTools.Api.Conversations;
using Moss.AgentTools.Api.Tools;
using Moss.Testing;

namespace Moss.Adapters.Tests.Api;

/// <summary>A work tree, a task folder and the tools of a role on them.</summary>
internal sealed class ToolBench : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ToolBench(string role = "implement")
    {
        Directory.CreateDirectory(WorkTree);
        Directory.CreateDirectory(folder.Combine("task"));
        Tools = ToolBox.For(role, new Reach(WorkTree, folder.Combine("task")), TimeProvider.System);
    }

    public string WorkTree => folder.Combine("work");

    public ToolBox Tools { get; }

    /// <summary>Writes a file beside or below the work tree.</summary>
    public string Write(string path, string content) => folder.Write(path, content);

    public string Read(string path) => File.ReadAllText(Path.Combine(WorkTree, path));

    public Task<ToolAnswer> CallAsync(string tool, object input, CancellationToken cancellationToken = default) =>
        Tools.RunAsync(new("c1", tool, input as string ?? JsonSerializer.Serialize(input)), cancellationToken);

    /// <summary>What it refused with.</summary>
    public async Task<string> RefusedAsync(string tool, object input)
    {
        var answer = await CallAsync(tool, input);
        answer.IsError.ShouldBeTrue(answer.Text);
        return answer.Text;
    }

    /// <summary>What it answered.</summary>
    public async Task<string> DoneAsync(string tool, object input)
    {
        var answer = await CallAsync(tool, input);
        answer.IsError.ShouldBeFalse(answer.Text);
        return answer.Text;
    }

    public void Dispose() => folder.Dispose();
}
