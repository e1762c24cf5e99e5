using Moss.Testing;

namespace Moss.Architecture.Tests;

public sealed class SourceFileTests
{
    private const int Longest = 300;

    [Fact]
    public void No_source_file_is_longer_than_three_hundred_lines() =>
        SourceTree.Files(".", "*.cs")
            .Select(file => (File: file, Lines: SourceTree.Read(file).AsSpan().Count('\n')))
            .Where(file => file.Lines > Longest).ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = SourceTree.Read("Moss.sln").Replace('\\', '/');

        SourceTree.Files(".", "*.csproj").Where(project => !solution.Contains(project, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_query_is_used()
    {
        var code = string.Concat(SourceTree.Files("shared/Moss.EventStore", "*.cs").Select(SourceTree.Read));

        SourceTree.Files("shared/Moss.EventStore", "*.sql").Where(file => file.Contains("/Queries/", StringComparison.Ordinal))
            .Where(file => !code.Contains($"\"{Path.GetFileNameWithoutExtension(file)}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
