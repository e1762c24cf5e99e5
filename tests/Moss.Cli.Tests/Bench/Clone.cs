using Moss.Testing;

namespace Moss.Cli.Tests.Bench;

/// <summary>A clone of the data set with two programs: one broken, one of which there is no test.</summary>
internal sealed class Clone : IDisposable
{
    public const string Broken = "def twice(x):\n    return x + x if x < 5 else x\n";
    public const string Whole = "def twice(x):\n    return x + x\n";

    private readonly TemporaryFolder folder = new();

    public Clone(int cases = 12)
    {
        folder.Write("python_programs/twice.py", Broken);
        folder.Write("python_programs/untested.py", "");
        folder.Write("python_testcases/node.py", "class Node:\n    pass\n");
        folder.Write("python_testcases/test_twice.py", """
            import pytest
            from load_testdata import load_json_testcases
            from python_programs.twice import twice

            testdata = load_json_testcases(twice.__name__)

            @pytest.mark.parametrize("input_data,expected", testdata)
            def test_twice(input_data, expected):
                assert twice(*input_data) == expected

            """);
        folder.Write("json_testcases/twice.json", string.Concat(Enumerable.Range(0, cases).Select(x => $"[[{x}], {2 * x}]\n")));
    }

    public string Path => folder.Path;

    public string Combine(string name) => folder.Combine(name);

    public void Dispose() => folder.Dispose();
}
