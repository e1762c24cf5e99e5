using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.Cli.Bench.Patches.Mutants;

/// <summary>One change of a source.</summary>
/// <param name="Name">What was changed, and where.</param>
/// <param name="Source">The whole source after it.</param>
internal sealed record Mutant(string Name, string Source);

/// <summary>
/// Changes of a C# source, one at a time: operators swapped, constants moved by one, conditions negated, statements removed. Pure, and in
/// the order of the text. Texts, comments and everything before the class are left alone.
/// </summary>
internal static partial class Mutator
{
    private static readonly Dictionary<string, string[]> Swaps = new(StringComparer.Ordinal)
    {
        ["<"] = ["<=", ">"], ["<="] = ["<", ">"], [">"] = [">=", "<"], [">="] = [">", "<"], ["=="] = ["!="], ["!="] = ["=="],
        ["&&"] = ["||"], ["||"] = ["&&"], ["+="] = ["-="], ["-="] = ["+="], ["+"] = ["-"], ["-"] = ["+"], ["++"] = ["--"],
    };

    public static ImmutableArray<Mutant> Of(string source)
    {
        var start = source.IndexOf("class ", StringComparison.Ordinal);
        var mutants = ImmutableArray.CreateBuilder<Mutant>();
        foreach (var word in Words().Matches(source).Where(match => match.Index > start))
        {
            foreach (var other in Others(word.Value))
            {
                mutants.Add(new($"{At(source, word.Index)}-{NameOf(word.Value)}-to-{NameOf(other)}", Replaced(source, word.Index, word.Length, other)));
            }
        }

        foreach (var statement in Statements().Matches(source).Where(match => match.Index > start))
        {
            mutants.Add(new($"{At(source, statement.Index)}-removed", Replaced(source, statement.Index, statement.Length, "")));
        }

        foreach (var condition in Conditions().Matches(source).Where(match => match.Index > start))
        {
            var inner = condition.Groups[1];
            mutants.Add(new($"{At(source, condition.Index)}-negated", Replaced(source, inner.Index, inner.Length, $"!({inner.Value})")));
        }

        return [.. mutants.DistinctBy(mutant => mutant.Source).Where(mutant => mutant.Source != source)];
    }

    private static IEnumerable<string> Others(string word) => Swaps.GetValueOrDefault(word)
        ?? (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? [Text(number + 1), Text(number - 1)] : []);

    private static string Replaced(string source, int index, int length, string by) => $"{source[..index]}{by}{source[(index + length)..]}";

    private static string At(string source, int index)
    {
        var line = source.AsSpan(0, index).Count('\n') + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line-{line:00}-{index - source.LastIndexOf('\n', index):00}");
    }

    private static string NameOf(string word) => string.Concat(word.Select(letter => letter switch
    {
        '<' => "less", '>' => "more", '=' => "equal", '!' => "not", '&' => "and", '|' => "or", '+' => "plus", '-' => "minus", _ => letter.ToString(),
    }));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Texts and comments are matched, so that nothing in them is; no swap is known for them.
    [GeneratedRegex(@"//[^\n]*|""[^""\n]*""|'[^'\n]*'|\w+|[<>=!+\-]=|&&|\|\||\+\+|--|=>|[<>+\-]")]
    private static partial Regex Words();

    /// <summary>An assignment, call or jump on a line of its own; a declaration cannot be removed.</summary>
    [GeneratedRegex(@"(?<=\n\s*)(?!var |private |public |return |using )[A-Za-z][^\n]*;(?=\n)")]
    private static partial Regex Statements();

    [GeneratedRegex(@"(?<=\n\s*)(?:if|while) \((.*)\)(?=\n)")]
    private static partial Regex Conditions();
}
