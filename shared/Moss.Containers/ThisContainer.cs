using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;

namespace Moss.Containers;

/// <summary>The container of the engine in which this process itself runs, if it runs in one.</summary>
public sealed class ThisContainer(EngineClient engine)
{
    private readonly OwnContainer self = new(engine);

    /// <summary>Its id; null when this process runs in none. The engine is asked once.</summary>
    /// <exception cref="EngineException">The engine did not say.</exception>
    public async Task<string?> IdAsync(CancellationToken cancellationToken) => (await self.FindAsync(cancellationToken)).Id;
}
