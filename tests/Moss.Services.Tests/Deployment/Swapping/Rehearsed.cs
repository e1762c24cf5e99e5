using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Declarations by which a swap is tried before it is done.</summary>
internal static class Rehearsed
{
    /// <summary>Python that ends with 0 when the server in the container serves.</summary>
    public const string Ask = "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health')";

    public static RehearsalStep Step { get; } = new(["python3", "-c", Ask]) { Window = TimeSpan.FromSeconds(30) };

    /// <summary>Nothing is copied for a way back.</summary>
    public static SwapTarget Only { get; } = new() { Rehearsal = Step };

    public static SwapTarget Copied { get; } = Only with { Snapshot = ["/state"] };
}
