using System.Diagnostics;

namespace Moss.Testing;

/// <summary>A pair of SSH keys of a test's own, without a passphrase.</summary>
public sealed class SshKey : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Makes it.</summary>
    /// <param name="passphrase">Empty for none.</param>
    public SshKey(string passphrase = "")
    {
        var start = new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "a test", "-f", Path]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        PublicLine = process.ExitCode == 0 ? File.ReadAllText(Path + ".pub").Trim() : throw new InvalidOperationException("ssh-keygen made no key");
    }

    /// <summary>Absolute path of the private half.</summary>
    public string Path => folder.Combine("key");

    /// <summary>The line of the public half, comment included.</summary>
    public string PublicLine { get; }

    /// <summary>The same without the comment.</summary>
    public string Public => string.Join(' ', PublicLine.Split(' ').Take(2));

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
