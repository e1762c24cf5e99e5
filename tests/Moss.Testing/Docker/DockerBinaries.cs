namespace Moss.Testing.Docker;

/// <summary>The Docker daemon of this machine.</summary>
internal static class DockerBinaries
{
    private const string Folders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Where its programs are looked for.</summary>
    public static string Path => Folders;

    /// <summary>Succeeds when a daemon can be started.</summary>
    /// <exception cref="InvalidOperationException">It cannot; the message says what to do.</exception>
    public static void Require()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new InvalidOperationException(
                "These tests need Docker, and only root can start a daemon of their own: run them as root, or set MOSS_TEST_DOCKER to the socket of a daemon " +
                "that this user may use, such as /var/run/docker.sock.");
        }

        if (!Folders.Split(':').Any(folder => File.Exists($"{folder}/dockerd")))
        {
            throw new InvalidOperationException(
                "These tests need Docker: there is no dockerd. Install it (Debian, Ubuntu: apt-get install docker.io), or set MOSS_TEST_DOCKER to the socket of a daemon.");
        }
    }
}
