using System.Text.Json;

namespace Moss.Services.Tests.Ingestion;

/// <summary>What a request was answered with.</summary>
internal sealed record Answer(int Status, JsonElement Body)
{
    public static async Task<Answer> ReadAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var text = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public string Text(string name) => Body.GetProperty(name).GetString()!;

    public int Number(string name) => Body.GetProperty(name).GetInt32();

    public IReadOnlyList<string> Texts(string name) => [.. Body.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The fields of all problems, in order.</summary>
    public IReadOnlyList<string> Fields() => [.. Rows("problems").Select(problem => problem.GetProperty("field").GetString()!)];

    public IReadOnlyList<JsonElement> Rows(string name) => [.. Body.GetProperty(name).EnumerateArray()];

    /// <summary>The batch of an item of a receipt.</summary>
    public Guid Batch(int item = 0) => Rows("items")[item].GetProperty("batch").GetGuid();

    /// <summary>Holds it to be a problem that names the field, says what is wrong, and how to mend it.</summary>
    public Answer Refuses(int status, string field, string detail, string fix = "")
    {
        Status.ShouldBe(status, Body.ToString());
        Text("field").ShouldBe(field);
        Text("detail").ShouldContain(detail);
        Text("fix").ShouldNotBeNullOrWhiteSpace();
        Text("fix").ShouldContain(fix);
        return this;
    }
}
