using System.Text;

namespace Moss.Containers.Building;

/// <summary>Keeps the last of what a builder says: there it says why.</summary>
internal sealed class LogTail(int letters) : IProgress<string>
{
    private readonly Lock gate = new();
    private readonly StringBuilder kept = new();
    private bool cut;

    /// <inheritdoc/>
    public void Report(string value)
    {
        lock (gate)
        {
            kept.Append(value);
            if (kept.Length > 2 * letters)
            {
                Cut();
            }
        }
    }

    /// <summary>What was kept, with a line before it when something was not.</summary>
    public override string ToString()
    {
        lock (gate)
        {
            Cut();
            return cut ? $"[cut before this]\n{kept}" : kept.ToString();
        }
    }

    private void Cut()
    {
        if (kept.Length > letters)
        {
            kept.Remove(0, kept.Length - letters);
            cut = true;
        }
    }
}
