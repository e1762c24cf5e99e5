using Microsoft.Extensions.Options;

namespace Moss.Deployment;

/// <summary>Where a substrate's deployment keeps what it needs on disk. The state folder is the same for all versions.</summary>
internal sealed class DeploymentFolders(IOptions<DeploymentOptions> options)
{
    private readonly Lock naming = new();

    private string Root => Path.GetFullPath(options.Value.Folder);

    public string State(string substrate) => Path.Combine(Of(substrate), "state");

    public string Log(string substrate, string marker) => Path.Combine(Of(substrate), "logs", marker + ".log");

    public string Lock(string substrate) => Path.Combine(Of(substrate), "lock");

    /// <summary>Tells the containers of this Moss from another's on the same machine; the same for ever.</summary>
    public string Owner()
    {
        var file = Path.Combine(Root, "owner");
        lock (naming)
        {
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(Root);
                File.WriteAllText(file + ".part", Guid.NewGuid().ToString("n"));
                File.Move(file + ".part", file);
            }

            return File.ReadAllText(file);
        }
    }

    /// <summary>Makes what an instance needs before it starts.</summary>
    public void Make(string substrate)
    {
        Directory.CreateDirectory(State(substrate));
        Directory.CreateDirectory(Path.Combine(Of(substrate), "logs"));
    }

    /// <summary>Removes the state, also what an instance left read-only; fine when there is none.</summary>
    public void ForgetState(string substrate)
    {
        if (Directory.Exists(State(substrate)))
        {
            Directory.Delete(State(substrate), recursive: true);
        }
    }

    /// <summary>Every substrate that was ever deployed from here.</summary>
    public IReadOnlyList<string> Substrates() => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
        : [];

    private string Of(string substrate) => substrate.Length > 0 && substrate.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? Path.Combine(Root, substrate)
        : throw new ArgumentException($"'{substrate}' is no substrate name", nameof(substrate));
}
