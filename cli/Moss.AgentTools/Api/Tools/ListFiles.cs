namespace Moss.AgentTools.Api.Tools;

/// <summary>Names files.</summary>
internal sealed class ListFiles(Reach reach) : ITool
{
    private const int Most = 1000;

    public ToolOffer Offer { get; } = new(
        "list_files", $"List the files of a folder and of the folders in it, {Most} at most.",
        """{"type":"object","properties":{"path":{"type":"string","description":"a folder; the work tree when left out"}}}""");

    public Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var files = Reach.Files(reach.ToRead(input.OptionalText("path") ?? ".")).Take(Most + 1).ToList();
        var names = string.Join('\n', files.Take(Most).Select(reach.Shown));
        return Task.FromResult(files.Count == 0 ? "[no files]" : files.Count <= Most ? names : $"{names}\n[there are more: ask for a folder of it]");
    }
}
