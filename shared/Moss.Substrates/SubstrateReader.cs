using System.Text;
using Moss.Substrates.Reading;
using Moss.Substrates.Yaml;

namespace Moss.Substrates;

/// <summary>Reads <c>moss.yaml</c>. Pure; the text may come from anybody.</summary>
public static class SubstrateReader
{
    /// <summary>Name of the file, at the root of the repository.</summary>
    public const string FileName = "moss.yaml";

    /// <summary>Longest file that is read, in bytes.</summary>
    public const int LongestFile = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file as it lies in the repository; it must be UTF-8.</summary>
    public static SubstrateReading Read(ReadOnlySpan<byte> content)
    {
        if (content.Length > LongestFile)
        {
            return Refused(new(1, 1, "", $"is {content.Length} bytes long", $"keep it below {LongestFile} bytes"));
        }

        try
        {
            return Read(Strict.GetString(content));
        }
        catch (DecoderFallbackException broken)
        {
            var before = content[..Math.Max(broken.Index, 0)];
            var line = before.Count((byte)'\n') + 1;
            return Refused(new(line, before.Length - before.LastIndexOf((byte)'\n'), "", "is not valid UTF-8 here", "save the file as UTF-8"));
        }
    }

    /// <summary>Reads the file's text. Every problem is reported, not only the first; a file that is no YAML has just one.</summary>
    public static SubstrateReading Read(string yamlText)
    {
        var problems = new ProblemList();
        if (yamlText.Length > LongestFile)
        {
            return Refused(new(1, 1, "", $"is {yamlText.Length} characters long", $"keep it below {LongestFile} bytes"));
        }

        var file = new FieldAt("", problems);
        var root = YamlText.Parse(yamlText.TrimStart('\uFEFF'), file);
        var declaration = root is null ? default : DeclarationTable.Root.Read(root, file);
        return declaration is { Known: true, Value: var value } && problems.All.IsEmpty
            ? new SubstrateReading.Declared(value) { Positions = problems.Positions }
            : new SubstrateReading.Invalid(problems.All);
    }

    private static SubstrateReading.Invalid Refused(SubstrateProblem problem) => new([problem]);
}
