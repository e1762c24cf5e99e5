namespace Moss.AgentTools.Api.Tools;

/// <summary>Writes a whole file.</summary>
internal sealed class WriteFile(Reach reach) : ITool
{
    public ToolOffer Offer { get; } = new(
        "write_file", "Write a whole file of the work tree, a new one or over what is there. To change a part of a file use edit_file.",
        """
        {"type":"object","properties":{"path":{"type":"string","description":"absolute, or relative to the work tree"},
        "content":{"type":"string","description":"the whole file"}},"required":["path","content"]}
        """);

    public async Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var (path, content) = (reach.ToWrite(input.Text("path")), input.Text("content"));
        if (Directory.Exists(path))
        {
            throw new ToolException($"{path} is a folder");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await TextFile.WriteAsync(path, content, cancellationToken);
        return $"{reach.Shown(path)} is written";
    }
}
