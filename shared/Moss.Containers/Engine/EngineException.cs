namespace Moss.Containers.Engine;

/// <summary>The container engine refused a call, failed at it, or was not there.</summary>
/// <param name="kind">What it says about the call.</param>
/// <param name="message">The engine's own words where it had any.</param>
/// <param name="inner">What broke underneath, when the engine was not reached.</param>
public sealed class EngineException(EngineFailure kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it is.</summary>
    public EngineFailure Kind { get; } = kind;

    /// <summary>The failure that an HTTP status of the engine stands for.</summary>
    internal static EngineFailure KindOf(int status) => status switch
    {
        404 => EngineFailure.NotFound,
        409 => EngineFailure.Conflict,
        >= 500 => EngineFailure.ServerError,
        _ => EngineFailure.BadRequest,
    };
}

/// <summary>What went wrong at the container engine.</summary>
public enum EngineFailure
{
    /// <summary>There is no such container, image or network.</summary>
    NotFound,

    /// <summary>A name is taken, or the thing is in a state that does not allow the call.</summary>
    Conflict,

    /// <summary>The engine does not accept what it was asked.</summary>
    BadRequest,

    /// <summary>The engine accepted the call and failed at it.</summary>
    ServerError,

    /// <summary>The engine did not answer, or stopped in the middle: the call may or may not have had its effect.</summary>
    Unreachable,
}
