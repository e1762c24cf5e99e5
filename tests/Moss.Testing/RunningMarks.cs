namespace Moss.Testing;

/// <summary>Finds processes that a test marked by an argument of theirs.</summary>
public static class RunningMarks
{
    /// <summary>Whether a process of this machine has the mark as a whole argument.</summary>
    public static bool Has(string mark) => Directory.GetDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains($"\0{mark}\0", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
