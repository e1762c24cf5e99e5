using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.Mutants;

/// <summary>Other ways to write the same C#: what a gate must not refuse. Pure; whether it is the same is found by trying, not believed.</summary>
internal static partial class Rewriter
{
    private static readonly Dictionary<string, string> Mirrored = new(StringComparer.Ordinal) { ["<"] = ">", ["<="] = ">=", [">"] = "<", [">="] = "<=", ["=="] = "==", ["!="] = "!=" };

    public static ImmutableArray<Mutant> Of(string source)
    {
        var rewrites = ImmutableArray.CreateBuilder<Mutant>();
        foreach (var (local, place) in Locals().Matches(source).Select(match => match.Groups[1].Value).Distinct().Select((local, place) => (local, place)))
        {
            rewrites.Add(new($"renamed-{local}", Regex.Replace(source, $@"\b{local}\b", $"name{place}")));
        }

        Add(rewrites, source, Steps(), "stepped", match => $"{match.Groups[1]} = {match.Groups[1]} {match.Groups[2]} {match.Groups[3]};");
        Add(rewrites, source, Increments(), "incremented", match => $"{match.Groups[1]} += 1)");
        Add(rewrites, source, Comparisons(), "mirrored", match => $"{match.Groups[3]} {Mirrored[match.Groups[2].Value]} {match.Groups[1]}");
        Add(rewrites, source, Conditions(), "negated-twice", match => $"{match.Groups[1]} (!(!({match.Groups[2]})))");
        Add(rewrites, source, Returns(), "kept-first", match => $"{{ var kept = {match.Groups[1]}; return kept; }}");
        return [.. rewrites.DistinctBy(rewrite => rewrite.Source).Where(rewrite => rewrite.Source != source)];
    }

    private static void Add(ImmutableArray<Mutant>.Builder rewrites, string source, Regex what, string name, Func<Match, string> other)
    {
        var number = 0;
        foreach (Match match in what.Matches(source))
        {
            rewrites.Add(new($"{name}-{++number}", $"{source[..match.Index]}{other(match)}{source[(match.Index + match.Length)..]}"));
        }
    }

    [GeneratedRegex(@"\bvar (\w+) =")]
    private static partial Regex Locals();

    [GeneratedRegex(@"\b(\w+) ([+-])= ([^;]+);")]
    private static partial Regex Steps();

    [GeneratedRegex(@"\b(\w+)\+\+\)")]
    private static partial Regex Increments();

    [GeneratedRegex(@"(?<=[(;&|] ?)([\w\[\].]+) (<=?|>=?|==|!=) ([\w\[\].]+)(?=[);]| [&|])")]
    private static partial Regex Comparisons();

    [GeneratedRegex(@"(?<=\n\s*)(if|while) \((.*)\)(?=\n)")]
    private static partial Regex Conditions();

    [GeneratedRegex(@"(?<=\n\s*)return ([^;]+);")]
    private static partial Regex Returns();
}
