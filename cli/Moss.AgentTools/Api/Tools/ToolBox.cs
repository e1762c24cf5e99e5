using System.Collections.Immutable;
using Moss.AgentTools.Api.Conversations;

namespace Moss.AgentTools.Api.Tools;

/// <summary>The tools of a role. What a role must not do it has no tool for.</summary>
internal sealed class ToolBox
{
    /// <summary>Characters of one answer.</summary>
    public const int MostAnswer = 20_000;

    private const string Author = "implement";

    private readonly ImmutableArray<ITool> tools;

    private ToolBox(ImmutableArray<ITool> tools, bool mayEdit) => (this.tools, MayEdit) = (tools, mayEdit);

    public static ImmutableArray<string> Roles { get; } = [Author, "locate", "plan", "propose-verdict", "review-code", "review-plan"];

    public bool MayEdit { get; }

    public ImmutableArray<ToolOffer> Offers => [.. tools.Select(tool => tool.Offer)];

    public static ToolBox For(string role, Reach reach, TimeProvider clock)
    {
        ImmutableArray<ITool> reading = [new ReadFile(reach), new SearchText(reach), new ListFiles(reach)];
        return role == Author
            ? new([.. reading, new EditFile(reach), new WriteFile(reach), new RunCommand(reach.WorkTree, clock)], mayEdit: true)
            : new(reading, mayEdit: false);
    }

    /// <summary>Does it. What goes wrong is an answer too: the model can do something about it.</summary>
    public async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            var tool = tools.FirstOrDefault(tool => tool.Offer.Name == call.Name)
                ?? throw new ToolException($"there is no tool '{call.Name}'; there are {string.Join(", ", tools.Select(tool => tool.Offer.Name))}");
            return new(call.Id, BoundedText.Of(await tool.RunAsync(ToolInput.Parse(call.Input), cancellationToken), MostAnswer), IsError: false);
        }
        catch (Exception refused) when (refused is ToolException or IOException or UnauthorizedAccessException)
        {
            return new(call.Id, BoundedText.Of(refused.Message, MostAnswer), IsError: true);
        }
    }
}
