using Moss.Cli.Output;
using Spectre.Console;

namespace Moss.Cli.Tests.Output;

/// <summary>What strangers wrote stands on the screen of somebody who is about to consent to it.</summary>
public sealed class ScreenTests
{
    private const string Hostile = "a\u001b[2K\u001b[1Ab\u202Ec [red]d[/]";

    private readonly StringWriter written = new();
    private readonly Screen screen;

    public ScreenTests()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 200;
        screen = new Screen(console);
    }

    [Fact]
    public void A_line_moves_no_cursor_and_turns_no_direction() => ShouldBeHarmless(() => screen.Line(Hostile));

    [Fact]
    public void Neither_does_a_cell() => ShouldBeHarmless(() => screen.Table([Hostile], [[Hostile]]));

    [Fact]
    public void Neither_does_a_diff() => ShouldBeHarmless(() => screen.Diff($"--- a\n+++ b\n@@ -1 +1 @@\n-{Hostile}\r\n+{Hostile}\n"));

    [Fact]
    public void A_diff_has_a_line_for_each_of_its_lines()
    {
        screen.Diff("-one\r\n+two\n");

        written.ToString().ShouldBe("-one\n+two\n");
    }

    private void ShouldBeHarmless(Action show)
    {
        show();

        var text = written.ToString();
        text.ShouldContain("a\uFFFD[2K\uFFFD[1Ab\uFFFDc [red]d[/]");
        text.ShouldNotContain('\u001b');
        text.ShouldNotContain('\u202E');
    }
}
