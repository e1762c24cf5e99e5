using System.Runtime.CompilerServices;

namespace Moss.Testing;

/// <summary>
/// Holds a text against the one that a person approved, kept beside the test as <c>name.approved.txt</c>. When they differ the
/// new text is written as <c>name.received.txt</c>; whoever means the change moves it over the approved one and commits it.
/// </summary>
public static class Approval
{
    /// <summary>Throws at the first line that differs, or when nothing was approved yet.</summary>
    /// <param name="text">Lines end with \n.</param>
    /// <param name="name">File name without <c>.approved.txt</c>.</param>
    /// <param name="source">The test's own file.</param>
    public static void Verify(string text, string name, [CallerFilePath] string source = "")
    {
        var folder = Path.GetDirectoryName(source)!;
        var approvedFile = Path.Combine(folder, $"{name}.approved.txt");
        var receivedFile = Path.Combine(folder, $"{name}.received.txt");
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : "";
        if (text == approved)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, text);
        throw new InvalidOperationException(
            $"{FirstDifference(approved.Split('\n'), text.Split('\n'))}\nIf it is meant: mv {receivedFile} {approvedFile}");
    }

    private static string FirstDifference(string[] approved, string[] received)
    {
        var line = approved.Zip(received).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1} was approved as\n  {approved.ElementAtOrDefault(line) ?? "(nothing)"}\nand is now\n  {received.ElementAtOrDefault(line) ?? "(nothing)"}";
    }
}
