namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>A Java program of the experiment as a substrate: its source, its tests, and what calls them.</summary>
internal static class JavaBase
{
    private const string Jars = "/usr/share/java/junit4.jar:/usr/share/java/hamcrest-core.jar";

    /// <summary>Where the sources of the program are; nothing else may be changed.</summary>
    public static string Source(string file) => Path.Combine("src", "java_programs", file);

    public static void Write(string experiment, string program, string folder)
    {
        var (sources, tests) = (Path.Combine(experiment, "src/main/java/java_programs"), Path.Combine(experiment, "src/test/java/java_programs"));
        foreach (var file in new[] { $"{program}.java", "Node.java" })
        {
            Copy(Path.Combine(sources, file), Path.Combine(folder, Source(file)));
        }

        foreach (var file in new[] { $"{program}_TEST.java", "QuixFixOracleHelper.java" })
        {
            Copy(Path.Combine(tests, file), Path.Combine(folder, "tests", "java_programs", file));
        }

        foreach (var file in new[] { "Trial.java", "Cases.java", "Graphs.java" })
        {
            Text(Path.Combine(folder, "driver", file), PatchResources.Read(file));
        }

        Text(Path.Combine(folder, "moss.yaml"), Declaration(program));
    }

    /// <summary>The reference program, called like the one that it corrects.</summary>
    public static void WriteReference(string experiment, string program, string folder)
    {
        var reference = File.ReadAllText(Path.Combine(experiment, "src/main/java/correct_java_programs", $"{program}.java"));
        Text(Path.Combine(folder, Source($"{program}.java")), reference.Replace("correct_java_programs", "java_programs", StringComparison.Ordinal));
    }

    private static string Declaration(string program) => $"""
        name: quixbugs-{program.ToLowerInvariant().Replace('_', '-')}
        scope:
          editable: ["src/**"]
        build:
          command: [sh, -c, "javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-Xmx512m -nowarn -proc:none -encoding UTF-8 -d out -cp {Jars} $(find src tests driver -name '*.java')"]
          timeout: 120s
        trial:
          command: [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", -Xmx1200m, -cp, "out:{Jars}", Trial]
          timeout: 120s
          memory: 2GiB
          processes: 64

        """;

    private static void Copy(string from, string to) => Text(to, File.ReadAllText(from));

    private static void Text(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
