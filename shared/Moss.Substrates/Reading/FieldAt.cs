using System.Globalization;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>A field by its path, such as <c>deploy.probes[0].http</c>, and where its problems go.</summary>
internal readonly record struct FieldAt(string Path, ProblemList Problems)
{
    public FieldAt Below(string key) => this with { Path = Path.Length == 0 ? key : $"{Path}.{key}" };

    public FieldAt Item(int index) => this with { Path = string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]") };

    /// <summary>Reports and gives up on the value.</summary>
    public Parsed<T> Refuse<T>(YamlValue value, string problem, string fix)
    {
        Report(value.At, problem, fix);
        return default;
    }

    public void Report(Mark at, string problem, string fix) => Problems.Add(at, Path, problem, fix);
}

/// <summary>A value that was read, or nothing after a problem was reported.</summary>
internal readonly record struct Parsed<T>(bool Known, T Value)
{
    public static implicit operator Parsed<T>(T value) => new(true, value);
}
