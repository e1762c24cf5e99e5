using Moss.CodingAgents.Jail;
using Moss.ModelProxy;

namespace Moss.CodingAgents.Sessions;

/// <summary>Opens the way of an agent to its model, where it goes through Moss.</summary>
internal static class ModelDoor
{
    /// <summary>The way; null for an agent that needs none.</summary>
    public static async Task<ModelOpening?> OpenAsync(
        IModelProxy? models, ICodingAgent agent, AgentTask task, string socketPath, CancellationToken cancellationToken) => agent.Capabilities.Model switch
        {
            null => null,
            _ when models is null => new ModelOpening.Unavailable("this Moss has no model proxy"),
            var access => await models.OpenAsync($"{task.Facts.Key} ({agent.Name})", access.Upstream, socketPath, task.DollarsLeft, cancellationToken),
        };

    /// <summary>The same as the jail sees it.</summary>
    public static JailModel? Map(IModelLease? model, ICodingAgent agent) =>
        model is null ? null : new(model.SocketPath, model.Token, model.BasePath, agent.Capabilities.Model!);
}
