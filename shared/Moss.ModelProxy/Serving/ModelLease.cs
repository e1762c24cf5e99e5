using Moss.ModelProxy.Calls;

namespace Moss.ModelProxy.Serving;

/// <summary>One job's socket with what answers on it.</summary>
internal sealed class ModelLease(SocketServer server, string socketPath, JobFacts job, string protocol, string basePath, JobTally tally, TimeProvider time) : IModelLease
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string SocketPath => socketPath;

    public string Token => job.Token;

    public string Protocol => protocol;

    public string BasePath => basePath;

    public ModelSpending Spending => tally.Spending;

    public ModelOutage? Outage => tally.Outage;

    public Task WaitForOutageAsync(TimeSpan patience, CancellationToken cancellationToken) => tally.WaitForOutageAsync(patience, cancellationToken);

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tally.Idle.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // A call that does not notice that its client has gone is settled when the lease is disposed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await SettleAsync(CancellationToken.None);
    }
}
