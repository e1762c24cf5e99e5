namespace Moss.AgentTools.Search;

/// <summary>A file's text with its lines; lines count from 1, offsets from 0.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string Path { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    public int LineOf(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    public int LineStart(int line) => line > _lineStarts.Count ? Text.Length : _lineStarts[line - 1];

    /// <summary>Start of the next line; the end of the text after the last one.</summary>
    public int LineEnd(int line) => LineStart(line + 1);

    public string Slice(int start, int end) => Text[start..end];
}
