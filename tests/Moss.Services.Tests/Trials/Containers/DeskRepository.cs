using Moss.Contracts;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Trials.Containers;

/// <summary>A substrate that does what its scenario says, in a repository of its own.</summary>
internal sealed class DeskRepository : ISubstrateDirectory, IDisposable
{
    /// <summary>Stands in a scenario's graders and nowhere else.</summary>
    public const string HeldOut = "the-held-out-answer";

    private const string Program = """
        import json, os, socket, sys, time
        VALUE = "old"
        asked = json.load(open(os.environ["MOSS_SCENARIO"]))["input"]

        def forks():
            children = []
            try:
                for _ in range(200):
                    pid = os.fork()
                    if pid == 0:
                        time.sleep(30)
                        os._exit(0)
                    children.append(pid)
            except OSError:
                return "limited"
            return len(children)

        def found():
            places = []
            for top in ("/srv", "/moss", "/tmp", "/etc", "/var", "/root", "/home", "/dev/shm"):
                for folder, _, names in os.walk(top):
                    for name in names:
                        try:
                            if b"the-held-out-" + b"answer" in open(os.path.join(folder, name), "rb").read():
                                places.append(os.path.join(folder, name))
                        except OSError:
                            pass
            return places

        def closed():
            opened = []
            for path in ("/srv/desk/written", "/moss/written", "/usr/written"):
                try:
                    open(path, "w")
                    opened.append(path)
                except OSError:
                    pass
            try:
                socket.create_connection(("1.1.1.1", 53), 1)
                opened.append("network")
            except OSError:
                pass
            return opened + ([] if os.getuid() else ["root"])

        def slow():
            time.sleep(asked.get("seconds", 1))
            return "done"

        does = {"echo": lambda: VALUE, "crash": lambda: sys.exit(3), "hang": lambda: time.sleep(600), "fork": forks, "search": found, "closed": closed, "slow": slow, "where": os.getcwd}
        answer = does[asked["do"]]()
        json.dump(answer, open(os.environ["MOSS_OUT"] + "/answer.json", "w"))
        """;

    private readonly TemporaryRepository source = new();
    private readonly string name = $"desk-{Guid.NewGuid():n}"[..30];

    /// <param name="withImage">Whether it declares an image.</param>
    public DeskRepository(bool withImage = true) => Base = source.Commit(
        "Start",
        ("moss.yaml", $$"""
            name: {{name}}
            {{(withImage ? "image: { arguments: { GREETING: hello } }" : "scope: {}")}}
            smoke: { command: [python3, -c, "import os; assert os.path.exists('main.py')"], timeout: 20s }
            tests: { command: [python3, checks.py], workingDirectory: tests, timeout: 20s }
            trial: { command: [python3, main.py], timeout: 6s, memory: 128MiB, processes: 12 }
            """),
        ("Dockerfile", "FROM moss-test:small\nARG GREETING\nWORKDIR /srv/desk\nCOPY . .\nRUN python3 -c \"compile(open('main.py').read(), 'main.py', 'exec')\" && echo $GREETING > greeting\n"),
        ("main.py", Program),
        ("tests/checks.py", "assert 'VALUE = \"' in open('../main.py').read()\n"),
        ("scenarios/echo.json", Scenario("echo", """{"id":"k","kind":"exact","value":"new"}""")),
        ("scenarios/crash.json", Scenario("crash", """{"id":"k","kind":"exact","value":1}""")),
        ("scenarios/hang.json", Scenario("hang", """{"id":"k","kind":"exact","value":1}""")),
        ("scenarios/fork.json", Scenario("fork", """{"id":"k","kind":"exact","value":"limited"}""")),
        ("scenarios/search.json", Scenario("search", """{"id":"k","kind":"exact","value":[]}""")),
        ("scenarios/closed.json", Scenario("closed", """{"id":"k","kind":"exact","value":[]}""")),
        ("scenarios/slow.json", Scenario("slow", """{"id":"k","kind":"exact","value":"done"}""")),
        ("scenarios/where.json", Scenario("where", $$"""{"id":"k","kind":"exact","value":"{{(withImage ? "/srv/desk" : "/moss/source")}}"}""")),
        ("scenarios/secret.json", Scenario("echo", $$"""{"id":"k","kind":"exact","value":"{{HeldOut}}"}""", "secret")),
        ("scenarios/judged.json", Scenario("echo", """{"id":"k","kind":"script","command":["python3","judge.py"]}""", "judged")),
        ("scenarios/judge.py", """
            import json, os
            answer = json.load(open("/moss/out/answer.json"))
            source = open("/srv/desk/main.py").read() if os.path.exists("/srv/desk/main.py") else ""
            trusted = 'VALUE = "new"' not in source and not os.path.exists("/moss/source")
            print(json.dumps({"score": 1 if answer == "new" and trusted else 0, "note": f"{answer} {trusted}"}))
            """));

    public string Base { get; }

    public string Name => name;

    public Subject Subject => new(name, Guid.Empty, Base, ["echo"]);

    /// <summary>A candidate on top of the base commit.</summary>
    public string Candidate(params ReadOnlySpan<(string Path, string Content)> files)
    {
        source.Git("checkout", "--quiet", "-B", $"moss/{Guid.NewGuid():n}", Base);
        return source.Commit("Candidate", files);
    }

    /// <summary>One that answers "new".</summary>
    public string Repair() => Candidate(("main.py", Program.Replace("\"old\"", "\"new\"", StringComparison.Ordinal)));

    public Task<SubstrateEntry?> FindAsync(string wanted, CancellationToken cancellationToken) =>
        Task.FromResult(wanted == name ? new SubstrateEntry(name, source.Path) : null);

    public void Dispose() => source.Dispose();

    private static string Scenario(string does, string grader, string? id = null) =>
        $$"""{"id":"{{id ?? does}}","title":"{{does}}","input":{"do":"{{does}}"},"seed":1,"clock":"2026-01-05T09:00:00Z","tags":[],"graders":[{{grader}}]}""";
}
