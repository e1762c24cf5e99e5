using System.Globalization;

namespace Moss.Testing.Models.Scripts;

/// <summary>
/// What a model does, by how many tools have answered it so far: the state is in the conversation, so that one script serves any number
/// of conversations at once.
/// </summary>
/// <param name="Next">The turn after so many answers of tools.</param>
public sealed record ModelScript(Func<int, ModelTurn> Next)
{
    /// <summary>These turns, the last one again and again.</summary>
    public static ModelScript Of(params ModelTurn[] turns) => new(answered => turns[Math.Min(answered, turns.Length - 1)]);

    /// <summary>A command after the other, without an end.</summary>
    public static ModelScript Loop { get; } = new(answered => new ModelTurn.Run(string.Create(CultureInfo.InvariantCulture, $"echo turn {answered}")));

    /// <summary>
    /// A script by the word for it, for a server that is a program of its own:
    /// <c>text</c>, <c>loop</c>, <c>hang</c>, <c>drop</c>, <c>garble</c>, <c>flood</c>, or a status; null for any other.
    /// </summary>
    public static ModelScript? Named(string word) => word switch
    {
        "text" => Of(new ModelTurn.Say("Plain words of a scripted model.")),
        "loop" => Loop,
        "hang" => Of(new ModelTurn.Hang()),
        "drop" => Of(new ModelTurn.Drop()),
        "garble" => Of(new ModelTurn.Garble()),
        "flood" => Of(new ModelTurn.Flood()),
        _ when int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600 =>
            Of(new ModelTurn.Refuse(status, status == 429 ? 7 : null)),
        _ => null,
    };
}
