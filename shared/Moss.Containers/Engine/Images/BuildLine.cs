namespace Moss.Containers.Engine.Images;

/// <summary>One line of what the daemon tells while it builds, pulls or imports.</summary>
internal sealed record BuildLine(string? Stream, string? Status, string? Error, BuildProblem? ErrorDetail, BuildResult? Aux)
{
    /// <summary>For people.</summary>
    public string? Text => Stream ?? (Status is null ? null : Status + "\n");

    /// <summary>Why it failed; null while it did not.</summary>
    public string? Problem => ErrorDetail?.Message ?? Error;
}

internal sealed record BuildProblem(string? Message);

internal sealed record BuildResult(string? Id);
