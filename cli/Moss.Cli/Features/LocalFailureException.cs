namespace Moss.Cli.Features;

/// <summary>A program that this command needs did not do its part on this machine.</summary>
internal sealed class LocalFailureException(string title, string message, string fix) : Exception(message)
{
    public string Title => title;

    public string Fix => fix;
}
