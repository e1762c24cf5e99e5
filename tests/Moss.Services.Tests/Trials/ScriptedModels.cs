using System.Collections.Concurrent;
using Moss.ModelProxy;

namespace Moss.Services.Tests.Trials;

/// <summary>Ways to models on which nobody calls; what was spent on each is as the test says.</summary>
internal sealed class ScriptedModels : IModelProxy
{
    public ConcurrentQueue<(string Job, string Upstream, string Socket, decimal Dollars)> Opened { get; } = [];

    /// <summary>By how many have been opened.</summary>
    public Func<int, ModelSpending> Spending { get; set; } = _ => ModelSpending.Nothing;

    public string? Unavailable { get; set; }

    public int Disposed { get; private set; }

    public Task<ModelOpening> OpenAsync(string job, string upstream, string socketPath, decimal dollars, CancellationToken cancellationToken)
    {
        if (Unavailable is { } reason)
        {
            return Task.FromResult<ModelOpening>(new ModelOpening.Unavailable(reason));
        }

        Opened.Enqueue((job, upstream, socketPath, dollars));
        return Task.FromResult<ModelOpening>(new ModelOpening.Opened(new Lease(this, socketPath, Spending(Opened.Count))));
    }

    public decimal Estimate(string model, long tokensIn, long tokensOut) => 0;

    private sealed class Lease(ScriptedModels models, string socket, ModelSpending spending) : IModelLease
    {
        public string SocketPath => socket;

        public string Token => "a-token";

        public string Protocol => "openai-chat";

        public string BasePath => "/v1";

        public ModelSpending Spending => spending;

        public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            models.Disposed++;
            return ValueTask.CompletedTask;
        }
    }
}
