namespace Moss.ModelProxy;

/// <summary>
/// The only way from a sandbox to a model: a unix socket, mounted into it, behind which Moss forwards what is allowed to one
/// configured upstream, with the real key put in, every call metered, and none let through that would pass the ceiling.
/// </summary>
public interface IModelProxy
{
    /// <summary>Listens when the task completes, until the lease is disposed.</summary>
    /// <param name="job">For whom, for people who read logs.</param>
    /// <param name="upstream">Name of the upstream in the settings.</param>
    /// <param name="socketPath">
    /// Unix socket to make, absolute, at most about a hundred bytes long. Whoever can open it still needs the token; it should lie in a
    /// folder that nobody else may enter.
    /// </param>
    /// <param name="dollars">What all calls together may cost, in US dollars.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    Task<ModelOpening> OpenAsync(string job, string upstream, string socketPath, decimal dollars, CancellationToken cancellationToken);

    /// <summary>What calls cost by the price list that went another way than through here.</summary>
    /// <param name="model">As its server knows it; one that the list does not have is taken for a dear one.</param>
    /// <param name="tokensIn">Tokens read.</param>
    /// <param name="tokensOut">Tokens written.</param>
    /// <returns>US dollars.</returns>
    decimal Estimate(string model, long tokensIn, long tokensOut);
}

/// <summary>What came of asking for a way to a model.</summary>
public abstract record ModelOpening
{
    private ModelOpening() { }

    /// <summary>It is open.</summary>
    public sealed record Opened(IModelLease Lease) : ModelOpening;

    /// <summary>There is none: says nothing about the job. The reason names the setting and the fix.</summary>
    public sealed record Unavailable(string Reason) : ModelOpening;
}

/// <summary>One job's way to a model. Disposed, it listens no more and its calls are cut off.</summary>
public interface IModelLease : IAsyncDisposable
{
    /// <summary>The unix socket, on the host.</summary>
    string SocketPath { get; }

    /// <summary>What the job presents as its key; worth nothing anywhere else, and nothing here once the lease is disposed.</summary>
    string Token { get; }

    /// <summary>How it is spoken to, as in the settings: <c>openai-chat</c>, <c>anthropic</c> and the like.</summary>
    string Protocol { get; }

    /// <summary>What clients of this protocol expect behind the address of their base URL: <c>/v1</c>, or nothing.</summary>
    string BasePath { get; }

    /// <summary>What the calls that have ended have used.</summary>
    ModelSpending Spending { get; }

    /// <summary>Why the last call went without an answer, when that was the upstream's doing; null when it was answered.</summary>
    ModelOutage? Outage => null;

    /// <summary>
    /// Completes when the upstream has failed to answer for so long, with no call under way: a client that goes on trying is not worth
    /// waiting for.
    /// </summary>
    Task WaitForOutageAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <summary>Waits, for a few seconds at most, until every call of a client that has gone away is settled.</summary>
    Task SettleAsync(CancellationToken cancellationToken);
}

/// <summary>What calls of a model have used.</summary>
/// <param name="Dollars">Money, by the price list.</param>
/// <param name="TokensIn">Tokens read, those from a cache among them.</param>
/// <param name="TokensOut">Tokens written, those of thinking among them.</param>
/// <param name="Calls">Calls that went to the upstream.</param>
/// <param name="Refused">Calls that were refused for want of money.</param>
/// <param name="Estimated">True when the upstream did not say of every call what it used.</param>
/// <param name="Unpriced">True when a model had no price of its own.</param>
public sealed record ModelSpending(decimal Dollars, long TokensIn, long TokensOut, int Calls, int Refused, bool Estimated, bool Unpriced)
{
    /// <summary>Names of the models that were asked, sorted, with commas between them; empty before the first call.</summary>
    public string Model { get; init; } = "";

    /// <summary>No call yet.</summary>
    public static ModelSpending Nothing { get; } = new(0, 0, 0, 0, 0, false, false);
}

/// <summary>An upstream that gave no answer; says nothing about what it was asked.</summary>
/// <param name="Status">HTTP status: its own, or 502 and 504 for one that could not be reached or said nothing.</param>
/// <param name="Reason">For people.</param>
public sealed record ModelOutage(int Status, string Reason)
{
    /// <summary>How long it wants to be left alone, when it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the call had waited when its client hung up; null when it was the upstream that ended it.</summary>
    public TimeSpan? Waited { get; init; }
}
