using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Moss.EventStore;

/// <summary>The embedded .sql files of one adapter: numbered ones that make the schema, and named statements.</summary>
internal sealed class SqlScripts(string adapter)
{
    private static readonly Assembly Here = typeof(SqlScripts).Assembly;

    private readonly ConcurrentDictionary<string, string> queries = new(StringComparer.Ordinal);

    /// <summary>Schema scripts by number, in order.</summary>
    public IReadOnlyList<(int Number, string Sql)> Schema { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(file => file.StartsWith($"{adapter}/Schema/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (Number(file), Read(file))),
    ];

    /// <summary>The text of <c>Queries/&lt;name&gt;.sql</c>.</summary>
    public string Query(string name) => queries.GetOrAdd(name, static (key, folder) => Read($"{folder}/Queries/{key}.sql"), adapter);

    private static int Number(string file) =>
        int.Parse(file.AsSpan(file.LastIndexOf('/') + 1, 4), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Read(string file)
    {
        using var stream = Here.GetManifestResourceStream(file) ?? throw new FileNotFoundException($"{file} is not embedded", file);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
