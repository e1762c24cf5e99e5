using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>The files that one git process works on. Everything is named; git discovers nothing by itself.</summary>
internal sealed record GitPlace(WorkspaceSettings Settings)
{
    /// <summary>Bare repository; null for commands that need none or that look at a source repository.</summary>
    public string? GitDirectory { get; init; }

    public string? WorkTree { get; init; }

    public string? IndexFile { get; init; }

    /// <summary>Where new objects go when not to <see cref="GitDirectory"/>, which is read all the same.</summary>
    public string? Objects { get; init; }

    /// <summary>A source repository, in whose folder git starts and above which it does not look.</summary>
    public string? Source { get; init; }

    /// <summary>Folder to start in.</summary>
    public string WorkingDirectory => Source ?? WorkTree ?? GitDirectory ?? Settings.Mirrors;

    /// <summary>
    /// The whole environment. No configuration but Moss's own file is read (plus that of the source, when git works in it),
    /// nothing asks a person, no helper program starts.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Environment()
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        environment["PATH"] = Settings.SearchPath;
        environment["HOME"] = Settings.Home;
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_GLOBAL"] = Settings.ConfigFile;
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GIT_ALLOW_PROTOCOL"] = "file:git:http:https:ssh";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = "/bin/false";
        environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        Set("GIT_DIR", GitDirectory);
        Set("GIT_WORK_TREE", WorkTree);
        Set("GIT_INDEX_FILE", IndexFile);
        Set("GIT_OBJECT_DIRECTORY", Objects);
        Set("GIT_ALTERNATE_OBJECT_DIRECTORIES", Objects is null ? null : Path.Combine(GitDirectory!, "objects"));
        Set("GIT_CEILING_DIRECTORIES", Source is null ? null : Path.GetDirectoryName(Source));
        environment.AddRange(GitIdentity.Environment(DateTimeOffset.UnixEpoch));
        foreach (var (name, value) in Settings.Environment)
        {
            environment[name] = value;
        }

        return environment.ToImmutable();

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                environment[name] = value;
            }
        }
    }
}
