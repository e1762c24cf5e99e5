using Moss.Testing;

namespace Moss.Cli.Tests.Running;

/// <summary>Programs named docker and docker-compose that write down what they were asked, and a folder that passes for Moss's home.</summary>
internal sealed class FakeDocker : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FakeDocker()
    {
        Directory.CreateDirectory(folder.Combine("bin"));
        Directory.CreateDirectory(folder.Combine("scripts"));
        Write("bin/docker", Script("docker"));
        Write("bin/docker-compose", Script("docker-compose"));
        Write("scripts/local-images", $"echo made >> '{folder.Combine("asked")}'; echo MOSS_SDK_IMAGE=stand-in:local; echo MOSS_PYTHON_IMAGE=python:local");
        Answer("docker version", "20.10.24");
        Refuse("docker compose version");
        Answer("docker ps --all --filter", "gateway|Up 5 seconds (healthy)\\ntrials|Up 6 seconds (healthy)");
    }

    public string Data => folder.Combine("data");

    public string Settings => folder.Combine("data", "compose.env");

    /// <summary>Every call, in order, with the settings that reached it.</summary>
    public string[] Asked => File.Exists(folder.Combine("asked")) ? File.ReadAllLines(folder.Combine("asked")) : [];

    /// <summary>The last rule that fits the beginning of a call counts; without one the call succeeds and says nothing.</summary>
    public void Answer(string call, string output) => File.AppendAllText(folder.Combine("rules"), $"{call}\t0\t{output}\n");

    public void Refuse(string call, string complaint = "no") => File.AppendAllText(folder.Combine("rules"), $"{call}\t1\t{complaint}\n");

    public Task<Ran> RunAsync(params string[] words) => RunAsync(new Dictionary<string, string>(), words);

    public Task<Ran> RunAsync(IReadOnlyDictionary<string, string> more, params string[] words) => MossCommand.RunAsync(
        new Dictionary<string, string>(more)
        {
            ["MOSS_HOME"] = folder.Path, ["PATH"] = more.GetValueOrDefault("PATH") ?? $"{folder.Combine("bin")}:/usr/bin:/bin",
            ["DOCKER_HOST"] = more.GetValueOrDefault("DOCKER_HOST") ?? "unix:///dev/null", ["MOSS_DATA"] = Data,
        },
        words);

    public void Dispose() => folder.Dispose();

    private string Script(string name) => $$"""
        call="{{name}} $*"
        echo "$call port=$MOSS_PORT sdk=$MOSS_SDK_IMAGE" >> '{{folder.Combine("asked")}}'
        answer= code=0
        while IFS='	' read -r prefix result text; do
          case "$call" in "$prefix"*) code=$result answer=$text ;; esac
        done < '{{folder.Combine("rules")}}'
        [ "$code" = 0 ] && printf "$answer${answer:+\n}" || echo "$answer" >&2
        exit "$code"
        """;

    private void Write(string name, string text)
    {
        File.WriteAllText(folder.Combine(name), "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(folder.Combine(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
