using Microsoft.AspNetCore.Routing.Template;
using Moss.Gateway.Keys;

namespace Moss.Gateway.Access;

/// <summary>Which request needs which scope. What is not in the table cannot be asked for.</summary>
internal static class EndpointScopes
{
    private static readonly Row[] Table =
    [
        new("GET", "/api/{**everything}", Scope.Read),

        // Compares, and changes nothing.
        new("POST", "/api/audit/verify", Scope.Read),

        new("POST", "/api/evidence", Scope.Report),

        new("POST", "/api/substrates", Scope.Operate),
        new("POST", "/api/substrates/check", Scope.Operate),
        new("POST", "/api/batches/{id}/seal", Scope.Operate),
        new("POST", "/api/evolutions", Scope.Operate),
        new("POST", "/api/evolutions/{id}/stop", Scope.Operate),
        new("POST", "/api/evolutions/{id}/restart", Scope.Operate),
        new("POST", "/api/deployments/{substrate}/start", Scope.Operate),
        new("POST", "/api/deployments/{substrate}/stop", Scope.Operate),
        new("POST", "/api/deployments/{substrate}/rollback", Scope.Operate),
        new("DELETE", "/api/deployments/{substrate}", Scope.Operate),
        new("POST", "/api/queues/dead/requeue", Scope.Operate),

        new("POST", "/api/evolutions/{id}/consent", Scope.Approve),
        new("POST", "/api/evolutions/{id}/consent/signatures", Scope.Approve),
        new("POST", "/api/oversight/{substrate}/sign", Scope.Approve),
        new("POST", "/api/oversight/{substrate}/refuse", Scope.Approve),
    ];

    public static IReadOnlyList<string> Methods { get; } = [.. Table.Select(row => row.Method).Distinct()];

    /// <summary>Null when the table has no row for it.</summary>
    public static Scope? Needed(string method, PathString path) => Table.FirstOrDefault(row => row.Matches(method, path))?.Scope;

    private sealed record Row(string Method, string Template, Scope Scope)
    {
        private readonly TemplateMatcher matcher = new(TemplateParser.Parse(Template), []);

        public bool Matches(string method, PathString path) =>
            string.Equals(method, Method, StringComparison.OrdinalIgnoreCase) && matcher.TryMatch(path, []);
    }
}
