using Moss.Cli.Features;
using Moss.Domain.Evidence;
using Spectre.Console;

namespace Moss.Cli.Output;

/// <summary>
/// Where text for people goes. Data of strangers is always escaped: a diff that is consented to must not move the cursor, nor turn the
/// direction of what is read.
/// </summary>
internal sealed class Screen(IAnsiConsole console)
{
    /// <summary>Wide enough that no cell of a table is cut on its way through a pipe.</summary>
    private const int PipeWidth = 1000;

    private const int RuleWidth = 80;

    /// <summary>The one of this process.</summary>
    public static Screen OfConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return new Screen(AnsiConsole.Create(new AnsiConsoleSettings()));
        }

        // What a terminal said of itself does not hold for a pipe or a file.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = PipeWidth;
        return new Screen(console);
    }

    public void Line(string text = "") => console.WriteLine(ForeignText.Visible(text));

    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (column, position) in columns.Select((column, position) => (column, position)))
        {
            var made = new TableColumn(Escaped(column));
            // Names and ids come first: they are to be copied, so the other columns give way.
            table.AddColumn(position == 0 || Console.IsOutputRedirected ? made.NoWrap() : made);
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Escaped)]);
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
            console.Write(new Rule(Escaped(title)).LeftJustified());
        }
    }

    public bool Ask(string question) => Console.IsInputRedirected
        ? throw new UsageException("--yes", "nobody is there to be asked: the input is no terminal", "add --yes to consent")
        : console.Confirm(Escaped(question), defaultValue: false);

    public void Diff(string patch)
    {
        foreach (var line in ForeignText.Visible(patch).TrimEnd().Split('\n'))
        {
            var colour = line switch
            {
                ['+', '+', '+', ..] or ['-', '-', '-', ..] => Color.Default,
                ['+', ..] => Color.Green,
                ['-', ..] => Color.Red,
                ['@', '@', ..] => Color.Blue,
                _ => Color.Default,
            };
            console.Write(new Text(line + "\n", new Style(colour)));
        }
    }

    private static string Escaped(string text) => Markup.Escape(ForeignText.Visible(text));
}
