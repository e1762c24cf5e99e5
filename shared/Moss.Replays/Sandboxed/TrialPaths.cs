namespace Moss.Replays.Sandboxed;

/// <summary>Where a trial finds things, as seen from the inside.</summary>
public static class TrialPaths
{
    /// <summary>The source, read-only.</summary>
    public const string Source = "/moss/source";

    /// <summary>The task, read-only, without graders.</summary>
    public const string Scenario = "/moss/scenario.json";

    /// <summary>Where the trial writes.</summary>
    public const string Out = "/moss/out";

    /// <summary>The unix socket of the model, where there is one.</summary>
    public const string Model = "/moss/model.sock";

    /// <summary>The answer, in <see cref="Out"/>.</summary>
    public const string AnswerFile = "answer.json";

    /// <summary>The transcript, in <see cref="Out"/>.</summary>
    public const string TranscriptFile = "transcript.jsonl";

    /// <summary>A folder of the source, given relative to it, as seen from the inside.</summary>
    public static string InSource(string folder) => folder is "." or "" ? Source : $"{Source}/{folder.TrimEnd('/')}";
}
