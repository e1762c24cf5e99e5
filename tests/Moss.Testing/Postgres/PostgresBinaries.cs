namespace Moss.Testing.Postgres;

/// <summary>The PostgreSQL programs of this machine.</summary>
internal static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The folder that holds initdb and postgres.</summary>
    /// <exception cref="InvalidOperationException">There are none; the message says what to install.</exception>
    public static string Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var packaged = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return onPath.Concat(packaged.Select(version => Path.Combine(version, "bin"))).FirstOrDefault(HasBoth)
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL: no initdb and postgres on PATH or below /usr/lib/postgresql. " +
                "Install it (Debian, Ubuntu: apt-get install postgresql), or set MOSS_TEST_POSTGRES to a connection string whose user may create databases.");
    }

    private static bool HasBoth(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
}
