using System.Text;
using System.Text.RegularExpressions;
using Moss.CodingAgents;
using Moss.CodingAgents.Jail;

namespace Moss.AgentChecks.Measuring;

/// <summary>Where on the host things are that a jail has at places of its own, so that a program can run with the same words without one.</summary>
/// <param name="WorkTree">The source.</param>
/// <param name="Session">Folder of the call, laid out as <see cref="JailLayout.Session"/> is.</param>
/// <param name="Dotnet">Folder of the <c>dotnet</c> program.</param>
/// <param name="Tools">Folder of Moss.AgentTools.dll.</param>
/// <param name="Model">Address of the model, without a slash at the end.</param>
internal sealed partial record BarePlaces(string WorkTree, string Session, string Dotnet, string Tools, string Model)
{
    /// <summary>A text with the host's places in place of the jail's, all in one pass: what is put in is not looked at again.</summary>
    public string Outside(string text) => Inside().Replace(text, place => place.Value switch
    {
        Assignment.WorkTree => WorkTree,
        JailFolders.Dotnet => Dotnet,
        JailFolders.Tools => Tools,
        var folder when folder.StartsWith("/moss/", StringComparison.Ordinal) => Path.Combine(Session, folder["/moss/".Length..]),
        _ => Model,
    });

    public ReadOnlyMemory<byte> Outside(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetBytes(Outside(Encoding.UTF8.GetString(text.Span)));

    [GeneratedRegex(@"(?<![\w./-])(?:http://127\.0\.0\.1:4141|/work|/moss/(?:dotnet|tools|home|tmp|task|out|bin))(?![\w-])")]
    private static partial Regex Inside();
}
