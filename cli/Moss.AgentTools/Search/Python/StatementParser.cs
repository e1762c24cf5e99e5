using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>Reads one logical line as a statement; what it cannot read is opaque and left alone.</summary>
internal sealed class StatementParser
{
    private readonly SourceText _source;
    private readonly LogicalLine _line;
    private readonly ExpressionParser _cursor;

    private StatementParser(SourceText source, LogicalLine line)
    {
        _source = source;
        _line = line;
        _cursor = new ExpressionParser(source.Text, line.Tokens);
    }

    public static Statement Read(SourceText source, LogicalLine line) => new StatementParser(source, line).Read(inline: false);

    private Statement Read(bool inline)
    {
        _cursor.Skip("async");
        var word = _cursor.AtEnd ? "" : _line.Tokens[_cursor.Position].Read(_source.Text);
        return word switch
        {
            "if" or "elif" or "while" => Header(word, () => [_cursor.ReadNamed()]),
            "else" or "try" or "finally" => Header(word, () => []),
            "for" => Header(word, ReadFor),
            "with" => Header(word, ReadWith),
            "except" => Header(word, ReadExcept),
            "def" => ReadDefinition(),
            "class" => Opened(word, LastColon(), []),
            "match" or "case" when _line.Tokens[^1].In(_source.Text).SequenceEqual(":") && _line.Tokens.Length > 2
                => Opened(word, LastColon(), []),
            "return" => Simple(word, inline, () => _cursor.AtEnd ? [] : [_cursor.ReadList()]),
            "pass" or "break" or "continue" => Simple(word, inline, () => []),
            "raise" => Simple(word, inline, () => ReadSeparated("from")),
            "assert" => Simple(word, inline, () => ReadSeparated(",")),
            "del" => Simple(word, inline, () => [_cursor.ReadTargets()]),
            "import" or "from" or "global" or "nonlocal" => Names(word, inline),
            _ => ReadAssignment(inline),
        };
    }

    private Statement Simple(string word, bool inline, Func<ImmutableArray<Expression>> read)
    {
        _cursor.Skip(word);
        var roots = read();
        return _cursor.Failed || !_cursor.AtEnd ? Opaque(inline) : new Statement(word, _line, _source) { Roots = roots, Inline = inline };
    }

    private ImmutableArray<Expression> ReadSeparated(string separator)
    {
        if (_cursor.AtEnd)
        {
            return [];
        }

        var first = _cursor.ReadOne();
        return _cursor.Skip(separator) ? [first, _cursor.ReadOne()] : [first];
    }

    private Statement Names(string word, bool inline)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var tokens = _line.Tokens;
        var from = word == "from" ? Math.Max(0, tokens.TakeWhile(t => !t.In(_source.Text).SequenceEqual("import")).Count()) + 1 : 1;
        for (var i = from; i < tokens.Length; i++)
        {
            var last = i + 1 == tokens.Length || tokens[i + 1].In(_source.Text) is "," or ")";
            if (tokens[i].Kind == TokenKind.Name && last)
            {
                names.Add(tokens[i].Read(_source.Text));
            }
        }

        return new Statement(word, _line, _source) { Names = names.ToImmutable(), Inline = inline };
    }

    private Statement ReadAssignment(bool inline)
    {
        var roots = ImmutableArray.CreateBuilder<Expression>();
        roots.Add(_cursor.ReadList());
        if (_cursor.Skip(":"))
        {
            _cursor.ReadOne();
            if (_cursor.AtEnd && !_cursor.Failed)
            {
                return new Statement("pass", _line, _source) { Inline = inline };
            }
        }

        if (!_cursor.AtEnd && Augments(_line.Tokens[_cursor.Position]))
        {
            var mark = _line.Tokens[_cursor.Position];
            _cursor.Skip(mark.Read(_source.Text));
            roots.Add(_cursor.ReadList());
            return _cursor.Failed || !_cursor.AtEnd
                ? Opaque(inline)
                : new Statement("augmented", _line, _source) { Roots = roots.ToImmutable(), Mark = mark, Inline = inline };
        }

        while (!_cursor.Failed && _cursor.Skip("="))
        {
            roots.Add(_cursor.ReadList());
        }

        return _cursor.Failed || !_cursor.AtEnd
            ? Opaque(inline)
            : new Statement(roots.Count == 1 ? "expression" : "assign", _line, _source) { Roots = roots.ToImmutable(), Inline = inline };
    }

    private bool Augments(Token token) =>
        token is { Kind: TokenKind.Operator } && token.End - token.Start >= 2 && _source.Text[token.End - 1] == '='
        && token.In(_source.Text) is not ("==" or "!=" or "<=" or ">=" or ":=");

    private Statement Header(string word, Func<ImmutableArray<Expression>> read)
    {
        _cursor.Skip(word);
        var roots = read();
        return _cursor.Failed || !_cursor.At(":") ? Opaque(inline: false) : Opened(word, _cursor.Position, roots);
    }

    private ImmutableArray<Expression> ReadFor()
    {
        var target = _cursor.ReadTargets();
        return _cursor.Skip("in") ? [target, _cursor.ReadList()] : [target];
    }

    private ImmutableArray<Expression> ReadWith()
    {
        var roots = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            roots.Add(_cursor.ReadOne());
            if (_cursor.Skip("as"))
            {
                roots.Add(_cursor.ReadTargets());
            }
        }
        while (!_cursor.Failed && _cursor.Skip(","));

        return roots.ToImmutable();
    }

    private ImmutableArray<Expression> ReadExcept()
    {
        _cursor.Skip("*");
        if (_cursor.At(":"))
        {
            return [];
        }

        var type = _cursor.ReadOne();
        return _cursor.Skip("as") && _cursor.SkipName() is { } name
            ? [type, new Expression(ExpressionKind.Name, name.Start, name.End)]
            : [type];
    }

    private Statement ReadDefinition()
    {
        _cursor.Skip("def");
        if (_cursor.SkipName() is not { } name || !_cursor.Skip("("))
        {
            return Opaque(inline: false);
        }

        var parameters = ImmutableArray.CreateBuilder<string>();
        var defaults = ImmutableArray.CreateBuilder<Expression>();
        var annotations = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (!_cursor.Failed && !_cursor.AtEnd && !_cursor.Skip(")"))
        {
            if (_cursor.Skip("*") || _cursor.Skip("**") || _cursor.Skip("/") || _cursor.Skip(","))
            {
                continue;
            }

            if (_cursor.SkipName() is not { } parameter)
            {
                return Opened("def", LastColon(), []);
            }

            parameters.Add(parameter.Read(_source.Text));
            if (_cursor.Skip(":"))
            {
                var annotation = _cursor.ReadOne();
                annotations[parameters[^1]] = _source.Slice(annotation.Start, annotation.End);
            }

            if (_cursor.Skip("="))
            {
                defaults.Add(_cursor.ReadOne());
            }
        }

        if (_cursor.Skip("->"))
        {
            _cursor.ReadOne();
        }

        return _cursor.Failed || !_cursor.At(":")
            ? Opaque(inline: false)
            : Opened("def", _cursor.Position, defaults.ToImmutable(), [name.Read(_source.Text)], parameters.ToImmutable(), annotations.ToImmutable());
    }

    /// <summary>A compound statement whose colon is known; what stands after the colon is its body.</summary>
    private Statement Opened(
        string word, int colon, ImmutableArray<Expression> roots,
        ImmutableArray<string> names = default, ImmutableArray<string> parameters = default, ImmutableDictionary<string, string>? annotations = null)
    {
        if (colon < 0)
        {
            return Opaque(inline: false);
        }

        var statement = new Statement(word, _line, _source)
        {
            Roots = roots,
            Compound = true,
            End = _line.Tokens[colon].End,
            Names = names.IsDefault ? [.. _line.Tokens.Skip(1).Take(1).Select(t => t.Read(_source.Text))] : names,
            Parameters = parameters.IsDefault ? [] : parameters,
            Annotations = annotations ?? ImmutableDictionary<string, string>.Empty,
        };
        if (colon + 1 < _line.Tokens.Length)
        {
            var rest = new LogicalLine(_line.Tokens[(colon + 1)..], _line.Column + 1);
            statement.Add(new StatementParser(_source, rest).Read(inline: true));
        }

        return statement;
    }

    private int LastColon()
    {
        var last = _line.Tokens.Length - 1;
        while (last >= 0 && !_line.Tokens[last].In(_source.Text).SequenceEqual(":"))
        {
            last--;
        }

        return last;
    }

    /// <summary>Not understood. It opens a block when it ends with a colon, so that what follows is still in its place.</summary>
    private Statement Opaque(bool inline) => new("opaque", _line, _source)
    {
        Inline = inline,
        Compound = !inline && _line.Tokens[^1].In(_source.Text).SequenceEqual(":"),
    };
}
