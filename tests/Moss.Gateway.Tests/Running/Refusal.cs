using System.Text.Json;

namespace Moss.Gateway.Tests.Running;

/// <summary>A problem document, read as a client reads it.</summary>
internal sealed record Refusal(int Status, string Title, string Detail, string Field, string Fix)
{
    /// <summary>Fails when the answer is anything else than a whole problem document of that status.</summary>
    public static async Task<Refusal> ShouldBeAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var refusal = JsonSerializer.Deserialize<Refusal>(text, JsonSerializerOptions.Web)!;
        refusal.Status.ShouldBe(status);
        refusal.Title.ShouldNotBeNullOrWhiteSpace();
        refusal.Detail.ShouldNotBeNullOrWhiteSpace();
        refusal.Field.ShouldNotBeNullOrWhiteSpace();
        refusal.Fix.ShouldNotBeNullOrWhiteSpace();
        return refusal;
    }
}
