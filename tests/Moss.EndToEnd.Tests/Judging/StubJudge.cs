using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moss.Testing.Models;

namespace Moss.EndToEnd.Tests.Judging;

/// <summary>Plays the model of a judge: it reads what it is asked as a model would, and answers by the book, by chance, or as the text tells it.</summary>
internal static partial class StubJudge
{
    public static async Task<StubModel> StartAsync()
    {
        var model = await StubModel.StartAsync();
        Answers(model, Knows);
        return model;
    }

    /// <summary>How it answers from now on: true, false, or null for nothing that can be used.</summary>
    public static void Answers(StubModel model, Func<string, string, bool?> answer) =>
        model.Answer = (request, response) => response.Json(Chat(Ask(request, answer)));

    /// <summary>Yes when the text says the number that the question names.</summary>
    public static bool? Knows(string question, string text) =>
        Regex.IsMatch(text, $@"(?<!\d){Number().Match(question).Value}(?!\d)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>A coin for each answer.</summary>
    public static Func<string, string, bool?> Coin(int seed)
    {
        var random = new Random(seed);
        return (_, _) =>
        {
            lock (random)
            {
                return random.Next(2) == 0;
            }
        };
    }

    private static bool? Ask(StubRequest request, Func<string, string, bool?> answer)
    {
        var user = JsonNode.Parse(request.Body)!["messages"]!.AsArray()[^1]!["content"]!.GetValue<string>();
        var lines = user.Split('\n');
        return answer(lines[0], string.Join('\n', lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line[2..])));
    }

    private static string Chat(bool? holds) => StubAnswers.Chat(1000, 10, "TEXT").Replace(
        "\"TEXT\"", JsonSerializer.Serialize(holds switch { true => "{\"holds\": true}", false => "{\"holds\": false}", null => "It depends." }), StringComparison.Ordinal);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
