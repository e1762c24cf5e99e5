namespace Moss.CodingAgents.Roles;

/// <summary>Paths in reports are relative to the work tree, with forward slashes, and stay inside it.</summary>
internal static class RepositoryPath
{
    public const string Rule = "must be a path relative to the work tree, without '..'";

    public static string Normalise(string path) => path switch
    {
        _ when path.StartsWith(Assignment.WorkTree + "/", StringComparison.Ordinal) => path[(Assignment.WorkTree.Length + 1)..],
        _ when path.StartsWith("./", StringComparison.Ordinal) => path[2..],
        _ => path,
    };

    public static bool IsInside(string path) =>
        path.Length > 0 && !path.StartsWith('/') && !path.Contains('\\') && path.Split('/').All(part => part is not (".." or "." or ""));
}
