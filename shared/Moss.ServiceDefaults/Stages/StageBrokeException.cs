using Moss.Contracts;

namespace Moss.ServiceDefaults.Stages;

/// <summary>
/// A stage cannot be done, which says nothing about the candidate, and something was paid for before that was clear. The message says what
/// to install or set.
/// </summary>
/// <param name="message">For people.</param>
/// <param name="spending">What was paid for.</param>
public sealed class StageBrokeException(string message, Spending spending) : Exception(message)
{
    /// <summary>What was paid for.</summary>
    public Spending Spending { get; } = spending;
}
