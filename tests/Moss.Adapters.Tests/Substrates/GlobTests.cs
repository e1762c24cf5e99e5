using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class GlobTests
{
    [Theory]
    [InlineData("**", "a")]
    [InlineData("**", "a/b/.c")]
    [InlineData("src/**", "src/a")]
    [InlineData("src/**", "src/a/b")]
    [InlineData("**/a.py", "a.py")]
    [InlineData("**/a.py", "x/y/a.py")]
    [InlineData("src/**/a.py", "src/a.py")]
    [InlineData("src/**/a.py", "src/x/y/a.py")]
    [InlineData("**/x/**", "a/x/b")]
    [InlineData("**/x/**", "x/x/x")]
    [InlineData("**/**", "a")]
    [InlineData("**/b/**/b", "a/b/c/b/d/b")]
    [InlineData("*.py", "a.py")]
    [InlineData("*.py", ".py")]
    [InlineData("a*b*c", "aXbXbXc")]
    [InlineData("a?c", "abc")]
    [InlineData("src/*/x", "src/a/x")]
    [InlineData("a.b+(c)$", "a.b+(c)$")]
    [InlineData("ü?.txt", "üñ.txt")]
    public void It_matches(string glob, string path) => Glob.Parse(glob).Matches(path).ShouldBeTrue();

    [Theory]
    [InlineData("src/**", "src")]
    [InlineData("src/**", "source/a")]
    [InlineData("src/**", "x/src/a")]
    [InlineData("*.py", "x/a.py")]
    [InlineData("*.py", "a.pyc")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("a?c", "ac")]
    [InlineData("a?c", "a/c")]
    [InlineData("A", "a")]
    [InlineData("a.py", "axpy")]
    [InlineData("**/b/**/b", "a/b")]
    [InlineData("src/*/x", "src/a/b/x")]
    public void It_does_not_match(string glob, string path) => Glob.Parse(glob).Matches(path).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/../b")]
    [InlineData("a**")]
    [InlineData("**.py")]
    [InlineData("[ab]")]
    [InlineData("{a,b}")]
    [InlineData("!a")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public void A_pattern_that_would_surprise_is_refused(string text)
    {
        Glob.ProblemOf(text).ShouldNotBeNull().Fix.ShouldNotBeEmpty();
        Should.Throw<ArgumentException>(() => Glob.Parse(text));
    }

    [Fact]
    public void It_agrees_with_a_plain_recursive_matcher_on_everything_small()
    {
        string[] parts = ["**", "*", "a", "a*", "?b", "*a*"];
        string[] names = ["a", "b", "ab", "aa"];
        var patterns = Words(parts, 3);
        var paths = Words(names, 4);

        foreach (var pattern in patterns)
        {
            var glob = Glob.Parse(string.Join('/', pattern));
            foreach (var path in paths)
            {
                glob.Matches(string.Join('/', path)).ShouldBe(Plain(pattern, path), $"{glob} on {string.Join('/', path)}");
            }
        }
    }

    [Fact]
    public void A_hostile_pattern_takes_no_more_steps_than_its_length_times_that_of_the_path()
    {
        // 2^60 ways to fit for a matcher that tries them all.
        var names = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 60)) + "b");
        var folders = Glob.Parse(string.Concat(Enumerable.Repeat("**/a/", 60)) + "b");

        names.Matches(new string('a', 5000)).ShouldBeFalse();
        folders.Matches(string.Join('/', Enumerable.Repeat("a", 5000))).ShouldBeFalse();
    }

    private static List<string[]> Words(string[] letters, int longest)
    {
        List<string[]> all = [[]];
        for (var length = 0; length < longest; length++)
        {
            all.AddRange(all.Where(word => word.Length == length).SelectMany(word => letters.Select(letter => (string[])[.. word, letter])).ToList());
        }

        return [.. all.Where(word => word.Length > 0)];
    }

    private static bool Plain(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path) => pattern switch
    {
        [] => path.IsEmpty,
        ["**"] => !path.IsEmpty,
        ["**", .. var rest] => Plain(rest, path) || (!path.IsEmpty && Plain(pattern, path[1..])),
        _ => !path.IsEmpty && PlainName(pattern[0], path[0]) && Plain(pattern[1..], path[1..]),
    };

    private static bool PlainName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => pattern switch
    {
        [] => name.IsEmpty,
        ['*', .. var rest] => PlainName(rest, name) || (!name.IsEmpty && PlainName(pattern, name[1..])),
        _ => !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && PlainName(pattern[1..], name[1..]),
    };
}
