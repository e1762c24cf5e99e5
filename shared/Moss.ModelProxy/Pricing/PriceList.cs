using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moss.ModelProxy.Pricing;

/// <summary>Prices by model: the first row whose pattern fits counts.</summary>
internal sealed class PriceList
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    private readonly ImmutableArray<Row> rows;
    private readonly Row guess;

    private PriceList(ImmutableArray<Row> rows, Row guess) => (this.rows, this.guess) = (rows, guess);

    /// <summary>The list that comes with Moss.</summary>
    public static PriceList Shipped { get; } = ReadShipped();

    /// <summary>The price of a model. A name with a vendor before it, as resellers write them, is looked for without it too.</summary>
    public ModelPrice For(string model)
    {
        var name = model[(model.LastIndexOf('/') + 1)..];
        var row = rows.FirstOrDefault(row => row.Fits(model)) ?? rows.FirstOrDefault(row => row.Fits(name));
        return (row ?? guess).Price(known: row is not null);
    }

    /// <summary>This list with another one's rows before its own.</summary>
    /// <param name="json">The other one: <c>{ "models": [ { "match", "in", "cachedIn", "cacheWrite", "out" } ], "unknown": { … } }</c>.</param>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public PriceList With(string json)
    {
        var file = Parse(json);
        return new([.. file.Models, .. rows], file.Unknown ?? guess);
    }

    private static PriceList ReadShipped()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("Moss.ModelProxy.prices.json")!;
        using var reader = new StreamReader(stream);
        var file = Parse(reader.ReadToEnd());
        return new(file.Models, file.Unknown!);
    }

    private static FileShape Parse(string json)
    {
        FileShape? file;
        try
        {
            file = JsonSerializer.Deserialize<FileShape>(json, Options);
        }
        catch (JsonException malformed)
        {
            throw new FormatException(malformed.Message, malformed);
        }

        return file switch
        {
            null or { Models.IsDefault: true } => throw new FormatException("models is missing: list the models with their prices, or write []"),
            _ when file.Models.FirstOrDefault(row => string.IsNullOrEmpty(row.Match)) is not null => throw new FormatException("a model has no match: name it, such as gpt-5*"),
            _ when file.Models.Append(file.Unknown).FirstOrDefault(row => row?.IsPrice == false) is { } wrong =>
                throw new FormatException($"'{wrong.Match ?? "unknown"}' has a price below 0, or none for in or out: write dollars per million tokens"),
            _ => file,
        };
    }

    private sealed record FileShape(ImmutableArray<Row> Models, Row? Unknown, string? Comment);

    private sealed record Row(string? Match, decimal? In, decimal? CachedIn, decimal? CacheWrite, decimal? Out)
    {
        [JsonIgnore]
        public bool IsPrice => In >= 0 && Out >= 0 && CachedIn is null or >= 0 && CacheWrite is null or >= 0;

        public bool Fits(string model) => FileSystemName.MatchesSimpleExpression(Match, model, ignoreCase: true);

        public ModelPrice Price(bool known) => new(In!.Value, CachedIn ?? In.Value, CacheWrite ?? In.Value, Out!.Value, known);
    }
}
