using Moss.Cli.Features;
using Spectre.Console;

namespace Moss.Cli.Output;

/// <summary>Where text for people goes. Data of strangers is always escaped.</summary>
internal sealed class Screen
{
    /// <summary>Wide enough that no cell of a table is cut on its way through a pipe.</summary>
    private const int PipeWidth = 1000;

    private const int RuleWidth = 80;

    /// <summary>What a terminal said of itself does not hold for a pipe or a file.</summary>
    private readonly IAnsiConsole console = AnsiConsole.Create(Console.IsOutputRedirected
        ? new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors }
        : new AnsiConsoleSettings());

    public Screen()
    {
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }
    }

    public void Line(string text = "") => console.WriteLine(text);

    public void Markup(FormattableString markup) => console.MarkupLineInterpolated(markup);

    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (column, position) in columns.Select((column, position) => (column, position)))
        {
            var made = new TableColumn(Spectre.Console.Markup.Escape(column));
            // Names and ids come first: they are to be copied, so the other columns give way.
            table.AddColumn(position == 0 || Console.IsOutputRedirected ? made.NoWrap() : made);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Spectre.Console.Markup.Escape)]);
        }

        console.Write(table);
    }

    public void Rule(string title)
    {
        if (Console.IsOutputRedirected)
        {
            Line($"── {title} ".PadRight(RuleWidth, '─'));
        }
        else
        {
            console.Write(new Rule(Spectre.Console.Markup.Escape(title)).LeftJustified());
        }
    }

    public bool Ask(string question) => Console.IsInputRedirected
        ? throw new UsageException("--yes", "nobody is there to be asked: the input is no terminal", "add --yes to consent")
        : console.Confirm(question, defaultValue: false);

    public void Diff(string patch)
    {
        foreach (var line in patch.TrimEnd().Split('\n'))
        {
            var colour = line switch
            {
                ['+', '+', '+', ..] or ['-', '-', '-', ..] => Color.Default,
                ['+', ..] => Color.Green,
                ['-', ..] => Color.Red,
                ['@', '@', ..] => Color.Blue,
                _ => Color.Default,
            };
            console.Write(new Text(line.TrimEnd('\r') + "\n", new Style(colour)));
        }
    }
}
