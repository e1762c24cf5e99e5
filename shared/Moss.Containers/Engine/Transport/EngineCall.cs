using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Moss.Containers.Engine.Transport;

/// <summary>One call of the API as data.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">Below the version, with its query.</param>
internal sealed record EngineCall(HttpMethod Method, string Path)
{
    /// <summary>What is sent with it.</summary>
    public HttpContent? Content { get; init; }

    public static EngineCall Get(params ReadOnlySpan<string> segments) => new(HttpMethod.Get, Join(segments));

    public static EngineCall Head(params ReadOnlySpan<string> segments) => new(HttpMethod.Head, Join(segments));

    public static EngineCall Post(params ReadOnlySpan<string> segments) => new(HttpMethod.Post, Join(segments));

    public static EngineCall Put(params ReadOnlySpan<string> segments) => new(HttpMethod.Put, Join(segments));

    public static EngineCall Delete(params ReadOnlySpan<string> segments) => new(HttpMethod.Delete, Join(segments));

    /// <summary>The same call with one more parameter; as it is when there is no value.</summary>
    public EngineCall With(string name, string? value) => value is null
        ? this
        : this with { Path = $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}" };

    public EngineCall With(string name, bool value) => With(name, value ? "1" : "0");

    /// <summary>The same call for what carries all of these labels.</summary>
    public EngineCall WithLabels(IReadOnlyCollection<string> labels) =>
        labels.Count == 0 ? this : With("filters", JsonSerializer.Serialize(new Dictionary<string, IReadOnlyCollection<string>> { ["label"] = labels }));

    /// <summary>The same call for what passes one filter of the engine's.</summary>
    public EngineCall WithFilter(string name, string value) => With("filters", JsonSerializer.Serialize(new Dictionary<string, string[]> { [name] = [value] }));

    public EngineCall WithJson(object body) => this with { Content = JsonContent.Create(body, body.GetType(), options: EngineJson.Options) };

    public EngineCall WithTar(Stream tar)
    {
        var content = new StreamContent(tar);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        return this with { Content = content };
    }

    /// <summary>A name is one segment whatever it holds: it can never lead to another call.</summary>
    private static string Join(ReadOnlySpan<string> segments)
    {
        var path = "";
        foreach (var segment in segments)
        {
            if (segment.Length == 0 || segment.Any(char.IsControl) || segment.Split('/').Any(part => part is "" or "." or ".."))
            {
                throw new EngineException(EngineFailure.BadRequest, $"'{Shown(segment)}' cannot be the name of a container, image or network.");
            }

            path += "/" + Uri.EscapeDataString(segment);
        }

        return path;
    }

    private static string Shown(string text) => string.Concat(text.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));
}
