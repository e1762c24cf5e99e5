using Moss.Containers.Engine;

namespace Moss.Deployment.Instances.Containers;

/// <summary>What the answers of an engine mean to those who run instances.</summary>
internal static class EngineCalls
{
    public static async Task<T?> MissingIsNullAsync<T>(Func<Task<T?>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (EngineException missing) when (missing.Kind == EngineFailure.NotFound)
        {
            return null;
        }
    }

    public static async Task FineWhenAsync(EngineFailure kind, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (EngineException known) when (known.Kind == kind)
        {
            // That is what was wanted.
        }
    }

    public static Task AskAsync(Func<Task> call) => AskAsync(async () =>
    {
        await call();
        return true;
    });

    public static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (EngineException away) when (away.Kind == EngineFailure.Unreachable)
        {
            throw new HostAwayException(away.Message, away);
        }
    }
}
