using Spectre.Console;

namespace Moss.Cli.Output;

/// <summary>Where text for people goes. Data of strangers is always escaped.</summary>
internal sealed class Screen
{
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());

    public void Line(string text = "") => console.WriteLine(text);

    public void Markup(FormattableString markup) => console.MarkupLineInterpolated(markup);

    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Spectre.Console.Markup.Escape(column)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Spectre.Console.Markup.Escape)]);
        }

        console.Write(table);
    }

    public void Rule(string title) => console.Write(new Rule(Spectre.Console.Markup.Escape(title)).LeftJustified());

    public bool Ask(string question) => console.Confirm(question, defaultValue: false);

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
