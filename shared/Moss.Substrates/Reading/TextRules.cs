using System.Buffers;
using Moss.Consents;

namespace Moss.Substrates.Reading;

/// <summary>What texts of certain meaning must look like: what is wrong and what to write instead, or null.</summary>
internal static class TextRules
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> ModelLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@-");
    private static readonly SearchValues<char> NotInBranches = SearchValues.Create(" ~^:?*[\\\u007f");
    private static readonly SearchValues<char> NotInFolders = SearchValues.Create("*?[]{}\\");

    private static readonly SearchValues<char> NotInMounts = SearchValues.Create(":,= ");
    private static readonly string[] TakenFolders = ["bin", "dev", "etc", "lib", "lib64", "moss", "proc", "sbin", "sys", "usr"];

    private static readonly string[] KeyTypes = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"];

    /// <summary>Names of substrates and agents.</summary>
    public static NameRule Name { get; } = new(IsName, "is no name", "write 1 to 40 of a-z, 0-9 and '-', beginning with a letter or digit");

    /// <summary>Names of environment variables that a declaration may set.</summary>
    public static NameRule Variable { get; } = new(
        name => name.Length is > 0 and <= 100
            && !char.IsAsciiDigit(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            && !name.StartsWith("MOSS_", StringComparison.Ordinal),
        "is no variable that may be set",
        "write letters, digits and '_', not beginning with a digit or with MOSS_, which is Moss's own");

    public static (string, string)? NameText(string text) => IsName(text) ? null : ($"is '{Short(text)}'", Name.Fix);

    /// <summary>The public key of an approver, one with which signatures can be checked.</summary>
    public static (string, string)? ApproverKey(string text) => PublicKey.Parse(text) is not null
        ? null
        : ("is no public key of Ed25519", "write the line that `moss consent key --out FILE` printed: ed25519: and base64 of 32 bytes");

    /// <summary>The name of a model as its server knows it.</summary>
    public static (string, string)? ModelName(string text) => text is { Length: >= 1 and <= 200 } && text.All(letter => letter is > ' ' and <= '~')
        ? null
        : ("is no name of a model", "write 1 to 200 plain characters without blanks, such as gpt-4.1-mini");

    public static (string, string)? Branch(string text) => text switch
    {
        _ when text.StartsWith("moss/", StringComparison.Ordinal) => ("is a branch of Moss's own", "name a branch that a person owns, such as main"),
        { Length: <= 200 } when !text.AsSpan().ContainsAny(NotInBranches) && !text.Any(char.IsControl)
            && !text.StartsWith('-') && !text.EndsWith('.') && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("@{", StringComparison.Ordinal)
            && text.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal)) => null,
        _ => ("is no name of a branch", "write it as git does, such as main or release/2"),
    };

    /// <summary>A folder of the repository, <c>.</c> for its root.</summary>
    public static (string, string)? WorkingDirectory(string text) => text == "." ? null : Folder(text);

    /// <summary>A file or folder below something; never the thing itself and never outside it.</summary>
    public static (string, string)? Folder(string text) => text switch
    {
        _ when text.StartsWith('/') => ("is absolute", $"write it relative: {text.TrimStart('/')}"),
        _ when text.AsSpan().ContainsAny(NotInFolders) || text.Any(char.IsControl) => ("has a character that no path here may have", "write a plain path with forward slashes"),
        _ when text.Split('/').Contains("..") => ("leads out of its folder", "write a path without '..'"),
        _ when text.Split('/').Any(part => part is "" or ".") => ("has an empty or '.' part", "write it as git lists it, such as a/b"),
        _ => null,
    };

    /// <summary>A folder inside a container, and none that the container cannot do without.</summary>
    public static (string, string)? ContainerFolder(string text)
    {
        const string Example = "write an absolute path such as /var/lib/desk";
        return text switch
        {
            _ when !text.StartsWith('/') => ("is not absolute", Example),
            "/" => ("is the root of the container", Example),
            _ when Folder(text[1..]) is { } wrong => wrong,
            _ when text.AsSpan().ContainsAny(NotInMounts) => ("has a character that no folder of a container may have", Example),
            _ when TakenFolders.Contains(text.Split('/')[1]) => ($"lies in /{text.Split('/')[1]}, which the container needs itself", Example),
            _ => null,
        };
    }

    /// <summary>The name of a container, as the engine takes it.</summary>
    public static (string, string)? ContainerName(string text) =>
        text.Length is > 1 and <= 128 && char.IsAsciiLetterOrDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-')
            ? null
            : ($"is '{Short(text)}'", "write 2 to 128 letters, digits and _ . -, beginning with a letter or digit, as docker ps shows it");

    /// <summary>A project and a service of Compose.</summary>
    public static (string, string)? ComposeService(string text) =>
        text.Split('/') is [{ Length: > 0 } project, { Length: > 0 } service] && ContainerName(project + service) is null
            ? null
            : ($"is '{Short(text)}'", "write the project, a slash and the service, such as shop/redis");

    public static (string, string)? HttpPath(string text) =>
        text.StartsWith('/') && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            ? null
            : ($"is '{Short(text)}'", "write a path that begins with '/', without blanks, such as /health");

    /// <summary>The name of a model that an agent is told: it stands in its arguments and in files of its settings.</summary>
    public static (string, string)? AgentModelName(string text) =>
        text.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(ModelLetters)
            ? null
            : ($"is '{Short(text)}'", "write 1 to 100 letters, digits and . _ : / @ -, beginning with a letter or digit");

    /// <summary>The name of a person, as it stands in a trailer of a commit.</summary>
    public static (string, string)? PersonName(string text) =>
        text.Length is > 0 and <= 100 && !text.Any(char.IsControl) && text.Trim() == text
            ? null
            : ("is no name of a person", "write 1 to 100 characters on one line, without blanks around them, such as ada");

    /// <summary>One line of a <c>.pub</c> file of OpenSSH.</summary>
    public static (string, string)? SshPublicKey(string text)
    {
        const string Example = "write the one line of the .pub file, such as ssh-ed25519 AAAAC3Nza… oversight";
        string[] parts = text.Split(' ', 3);
        return text switch
        {
            _ when text.Any(char.IsControl) => ("has more than one line", Example),
            _ when text.Contains("PRIVATE KEY", StringComparison.Ordinal) => ("is a private key, which belongs in no repository", "make a new pair, and write the line of its .pub file"),
            _ when parts.Length < 2 || !KeyTypes.Contains(parts[0]) => ("is no SSH public key", Example),
            _ when parts[1].Length > 2000 || !Convert.TryFromBase64String(parts[1], new byte[2000], out var length) || length < 32 => ("is an SSH public key that was cut or changed", Example),
            _ => null,
        };
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 40 && text[0] != '-' && !text.AsSpan().ContainsAnyExcept(NameLetters);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
