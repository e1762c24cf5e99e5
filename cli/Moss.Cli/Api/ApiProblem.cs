using System.Text.Json;

namespace Moss.Cli.Api;

/// <summary>Why the server refused, in its own words.</summary>
internal sealed record ApiProblem(int Status, string Title, string Detail, string? Field, string? Fix, IReadOnlyList<ProblemRow>? Problems)
{
    public static async Task<ApiProblem> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<ApiProblem>(text, MossClient.Json) is { Title: not null } problem)
            {
                return problem with { Status = status, Detail = problem.Detail ?? $"the server answered with status {status}" };
            }
        }
        catch (JsonException)
        {
            // Something between Moss and here answered in its own way.
        }

        return new(status, response.ReasonPhrase ?? "error", text.Trim(), null, null, null);
    }
}

internal sealed record ProblemRow(string Field, string Detail, string Fix);

internal sealed class ApiException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem => problem;
}
