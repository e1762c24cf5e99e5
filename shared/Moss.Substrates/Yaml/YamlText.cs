using System.Collections.Immutable;
using Moss.Substrates.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Moss.Substrates.Yaml;

/// <summary>
/// Builds <see cref="YamlValue"/> from YamlDotNet's events. Not from its document model, which stops at the first key that
/// is written twice, and which follows anchors into whatever they unfold to.
/// </summary>
internal sealed class YamlText
{
    private const int Deepest = 20;
    private readonly Parser parser;

    private YamlText(string text) => parser = new Parser(new StringReader(text));

    /// <summary>The document; null, with the problem reported, when there is none that can be read.</summary>
    public static YamlValue? Parse(string text, FieldAt file)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\b') is var control and >= 0)
        {
            var before = text[..control];
            file.Report(new(before.Count(letter => letter == '\n') + 1, control - before.LastIndexOf('\n')), "has a control character here", "remove it");
            return null;
        }

        try
        {
            return new YamlText(text).Document(file);
        }
        catch (YamlException broken)
        {
            file.Report(At(broken.Start), $"is not YAML here: {Reason(broken)}", "check indentation, colons and quotes");
            return null;
        }
    }

    private YamlValue? Document(FieldAt file)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            file.Report(new(1, 1), "is empty", "write at least name and trial.command");
            return null;
        }

        parser.Consume<DocumentStart>();
        var value = Value(file, depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            file.Report(At(second.Start), "holds a second document", "keep one document in the file");
        }

        return value;
    }

    private YamlValue Value(FieldAt field, int depth)
    {
        if (depth > Deepest)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {Deepest} levels");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            field.Report(At(alias.Start), $"uses the alias *{alias.Value}", "write the value out: aliases are not followed");
            return new YamlValue.Scalar(At(alias.Start), "*" + alias.Value, Quoted: true);
        }

        if (parser.Current is NodeEvent node)
        {
            MustBePlain(node, field);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlValue.Scalar(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);
        }

        return parser.TryConsume<SequenceStart>(out var sequence)
            ? List(sequence, field, depth)
            : Map(parser.Consume<MappingStart>(), field, depth);
    }

    private YamlValue.List List(SequenceStart start, FieldAt field, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(field.Item(items.Count), depth + 1));
        }

        return new(At(start.Start), items.ToImmutable());
    }

    private YamlValue.Map Map(MappingStart start, FieldAt field, int depth)
    {
        var entries = new Dictionary<string, YamlValue.Entry>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(field, depth + 1);
            var name = (key as YamlValue.Scalar)?.Text;
            var value = Value(name is null ? field : field.Below(name), depth + 1);
            if (name is null)
            {
                field.Report(key.At, $"has {key.Kind} where a key must stand", "write 'key: value'");
            }
            else if (!entries.TryAdd(name, new(key.At, name, value)))
            {
                field.Below(name).Report(key.At, $"is written twice, first in line {entries[name].At.Line}", "keep one of the two");
            }
        }

        return new(At(start.Start), [.. entries.Values.OrderBy(entry => entry.At.Line).ThenBy(entry => entry.At.Column)]);
    }

    private static void MustBePlain(NodeEvent node, FieldAt field)
    {
        if (!node.Anchor.IsEmpty)
        {
            field.Report(At(node.Start), $"has the anchor &{node.Anchor.Value}", "remove it: anchors are not followed");
        }

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            field.Report(At(node.Start), $"has the tag {node.Tag.Value}", "remove it: Moss knows which type a field has");
        }
    }

    private static Mark At(YamlDotNet.Core.Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static string Reason(YamlException broken) => (broken.InnerException?.Message ?? broken.Message).TrimEnd('.').ReplaceLineEndings(" ");
}
