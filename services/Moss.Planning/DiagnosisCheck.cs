using System.Globalization;
using Moss.CodingAgents.Roles;

namespace Moss.Planning;

/// <summary>What the work tree itself says about a diagnosis, before anyone believes it.</summary>
internal static class DiagnosisCheck
{
    public static IEnumerable<string> Problems(LocateReport report, IReadOnlySet<string> files) => report.Files
        .Select((file, index) => (file.Path, Index: index))
        .Where(file => !files.Contains(file.Path))
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"files[{file.Index}].path '{file.Path}' is not a file of the work tree"));
}
